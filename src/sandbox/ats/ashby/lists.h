/// Lists, page by page, and what changed since: cursors and sync tokens, which are words of this
/// peer's own and expire. A pass shows what there was when its first page was asked for; the token
/// on its last page stands for that moment.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/random.h"
#include "sandbox/ats/ashby/ashby.h"

namespace praxisync::sandbox::ats::ashby {

struct Refusal {
  std::string code, message;
  int status = 200;
};

/// What an answer says beside its success.
using Outcome = std::variant<nlohmann::ordered_json, Refusal>;

struct Item {
  std::string id;
  std::uint64_t print;  ///< another one when the row was changed
};

struct Asked {
  std::string list;  ///< the call and its filters: a token is good for one alone
  std::string cursor, sync_token;
  int limit = 100;
};

class Lists {
 public:
  explicit Lists(const Ashby& knobs) : knobs_(knobs), random_(7) {}

  using All = std::function<std::vector<Item>()>;
  /// nullopt: it is gone since the pass began.
  using Show = std::function<std::optional<nlohmann::ordered_json>(const std::string& id)>;
  Outcome page(const Asked& asked, Timestamp now, const All& all, const Show& show);
  /// Every cursor and sync token has expired.
  void forget() {
    places_.clear();
    tokens_.clear();
  }

 private:
  using Prints = std::map<std::string, std::uint64_t>;  ///< by id
  struct Pass {
    std::string list, sync_token;
    std::vector<std::string> ids;
    std::shared_ptr<const Prints> prints;
  };
  struct Place {
    std::shared_ptr<const Pass> pass;
    std::size_t offset = 0;
    int number = 1;  ///< of the page
    Timestamp issued{};
    std::string word{};
  };
  struct Token {
    std::string list;
    std::shared_ptr<const Prints> prints;
    Timestamp issued{};
    std::string word{};
  };

  std::variant<Place, Refusal> begin(const Asked& asked, Timestamp now, const All& all);
  std::variant<Place, Refusal> resume(const Asked& asked, Timestamp now) const;
  std::string word_for(const char* kind, long long number);
  std::string issue(Place place, Timestamp now);
  std::string issue(Token token, Timestamp now);

  const Ashby& knobs_;
  SeededRandom random_;
  long long next_ = 1;
  std::map<long long, Place> places_;
  std::map<long long, Token> tokens_;
  std::map<std::string, std::shared_ptr<const Prints>> last_;  ///< by list
};

}  // namespace praxisync::sandbox::ats::ashby
