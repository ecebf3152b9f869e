// A property of every list: whatever order, page size and pagination a server uses, the lazy range
// gives the same set.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "assess/page_range.h"
#include "domain/random.h"
#include "http/url.h"
#include "unit/assess/canned_transport.h"

namespace praxisync::assess {
namespace {

using testing_support::FakeClock;
using testing_support::IsOk;

constexpr int kRounds = 30;

enum class Pagination { Cursor, Number, Whole };

template <typename T>
void shuffle(std::vector<T>& all, Random& random) {
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " , ") + part;
  return out;
}

/// One list of a server that pages as it likes, and names other hosts in `next`.
class ListServer final : public http::Transport {
 public:
  ListServer(std::vector<std::string> rows, Random& random)
      : random_(random),
        rows_(std::move(rows)),
        pagination_(static_cast<Pagination>(random.below(3))),
        page_size_(1 + random.below(100)) {
    shuffle(rows_, random_);
  }

  Result<http::Response> send(const http::Request& request) override {
    EXPECT_TRUE(request.url.starts_with(kApi)) << request.url;
    ++requests;
    const std::size_t from = start(request.url);
    // Now and then a page of a cursor is empty, and not the last one.
    const bool empty =
        pagination_ == Pagination::Cursor && from != empty_at_ && random_.below(8) == 0;
    if (empty) empty_at_ = from;
    const std::size_t size = pagination_ == Pagination::Whole ? rows_.size() : page_size_;
    const std::size_t to = empty ? from : std::min(rows_.size(), from + size);
    return http::Response{200, {}, page(from, to)};
  }

  int requests = 0;
  bool whole() const { return pagination_ == Pagination::Whole; }

 private:
  std::size_t start(const std::string& url) const {
    const std::string cursor = http::query_parameter(url, "cursor").value_or("");
    const std::string number = http::query_parameter(url, "page").value_or("1");
    if (cursor.empty()) return (std::stoul(number) - 1) * page_size_;
    return std::stoul(cursor.substr(cursor.find('+') + 1));
  }

  std::string page(std::size_t from, std::size_t to) {
    const std::vector<std::string> rows(rows_.begin() + static_cast<std::ptrdiff_t>(from),
                                        rows_.begin() + static_cast<std::ptrdiff_t>(to));
    std::vector<std::string> fields{R"("results": [)" + joined(rows) + "]"};
    if (pagination_ != Pagination::Cursor) {
      fields.push_back(R"("count": )" + std::to_string(rows_.size()));
    }
    if (pagination_ != Pagination::Whole) {
      fields.push_back(R"("previous": null)");
      if (to < rows_.size()) {
        fields.push_back(R"("next": ")" + next(to) + '"');
      } else if (random_.below(2) == 0) {
        fields.emplace_back(R"("next": null)");
      }
    }
    if (random_.below(2) == 0) fields.emplace_back(R"("new_field": {"next": "?page=9"})");
    shuffle(fields, random_);
    return "{" + joined(fields) + "}";
  }

  std::string next(std::size_t to) {
    static const std::vector<std::string> kHosts{"https://app.praxicraft.io/api/v1/public/list/",
                                                 "http://evil.example/", "http...", "", "/list/"};
    const std::string link = kHosts[random_.below(kHosts.size())] + "?page_size=7&";
    if (pagination_ == Pagination::Number) {
      return link + "page=" + std::to_string(to / page_size_ + 1);
    }
    return link + "cursor=" + std::to_string(random_.next()) + "%2B" + std::to_string(to);
  }

  Random& random_;
  std::vector<std::string> rows_;
  Pagination pagination_;
  std::size_t page_size_;
  std::size_t empty_at_ = static_cast<std::size_t>(-1);
};

struct List {
  std::string name;
  std::string row;  ///< with @ for the row's own id
  std::function<Reply<Done>(Client&, std::vector<std::string>&)> walk;
};
void PrintTo(const List& row, std::ostream* out) { *out << row.name; }

/// Walks `list(client, token)` and keeps `id(row)` of each row.
template <typename Fetch, typename Id>
auto walking(Fetch fetch, Id id) {
  return [fetch, id](Client& client, std::vector<std::string>& seen) {
    return for_each_page([&](const PageToken& token) { return fetch(client, token); },
                         [&](auto& page) {
                           EXPECT_THAT(page.bad_rows, testing::IsEmpty());
                           for (const auto& row : page.rows) seen.push_back(id(row));
                           return Walk::GoOn;
                         });
  };
}

std::vector<List> lists() {
  using Token = const PageToken&;
  return {
      {"Assessments", R"({"slug":"@"})",
       walking([](Client& c, Token t) { return c.list_assessments(t, "draft", "x"); },
               [](const Assessment& row) { return row.slug.text(); })},
      {"Tasks", R"({"id":"@"})",
       walking([](Client& c, Token t) { return c.list_tasks(kScreen, t); },
               [](const Task& row) { return row.id; })},
      {"Invites",
       R"({"invite_token":"@","email":"a@x.y","status":"pending","assessment_slug":"s"})",
       walking([](Client& c, Token t) { return c.list_invites(t); },
               [](const Invite& row) { return row.token.reveal(); })},
      {"Results", R"({"invite_token":"@","status":"completed"})",
       walking([](Client& c, Token t) { return c.list_results(kScreen, t); },
               [](const ResultRow& row) { return row.token.reveal(); })},
      {"Cases", R"({"id":"@"})",
       walking([](Client& c, Token t) { return c.list_cases(t); },
               [](const Case& row) { return row.id.text(); })},
      {"Pipelines", R"({"slug":"@"})",
       walking([](Client& c, Token t) { return c.list_pipelines(t); },
               [](const Pipeline& row) { return row.slug.text(); })},
      {"Webhooks", R"({"id":"@","event_types":[]})",
       walking([](Client& c, Token t) { return c.list_webhooks(t); },
               [](const Webhook& row) { return row.id.text(); })},
      {"Team", R"({"email":"@"})",
       walking([](Client& c, Token t) { return c.list_team(t); },
               [](const Member& row) { return row.email; })},
  };
}

class EveryList : public testing::TestWithParam<List> {};

TEST_P(EveryList, GivesTheSameSetHoweverTheServerPages) {
  for (std::uint64_t seed = 1; seed <= kRounds; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SeededRandom random(seed);
    std::vector<std::string> rows, wanted;
    for (std::uint64_t i = random.below(400); i > 0; --i) {
      wanted.push_back("row-" + std::to_string(i));
      rows.push_back(GetParam().row);
      rows.back().replace(rows.back().find("\"@\""), 3, '"' + wanted.back() + '"');
    }
    ListServer server(rows, random);
    FakeClock clock;
    Client client(server, clock, "https://assess.example");
    std::vector<std::string> seen;

    const Reply<Done> walked = GetParam().walk(client, seen);

    ASSERT_THAT(walked, IsOk());
    std::sort(seen.begin(), seen.end());
    std::sort(wanted.begin(), wanted.end());
    EXPECT_EQ(seen, wanted);
    EXPECT_TRUE(!server.whole() || server.requests == 1) << server.requests;
  }
}

INSTANTIATE_TEST_SUITE_P(Table, EveryList, testing::ValuesIn(lists()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::assess
