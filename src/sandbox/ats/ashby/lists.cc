#include "sandbox/ats/ashby/lists.h"

#include <charconv>
#include <utility>

namespace praxisync::sandbox::ats::ashby {
namespace {

/// The number in "cur-17-9f3a…"; 0: this peer never said that word.
long long number_in(std::string_view word, std::string_view kind) {
  if (!word.starts_with(kind)) return 0;
  word.remove_prefix(kind.size());
  long long number = 0;
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
  return failed == std::errc{} && end != word.data() + word.size() && *end == '-' ? number : 0;
}

/// The row that is kept of that word; what is no longer kept, or too old, has expired.
template <typename Kept>
const Kept* find_kept(const std::map<long long, Kept>& kept, std::string_view word,
                      std::string_view kind) {
  const auto found = kept.find(number_in(word, kind));
  return found == kept.end() || found->second.word != word ? nullptr : &found->second;
}

template <typename Kept>
void forget_old(std::map<long long, Kept>& kept, Timestamp before) {
  while (!kept.empty() && kept.begin()->second.issued < before) kept.erase(kept.begin());
}

}  // namespace

std::string Lists::word_for(const char* kind, long long number) {
  return kind + std::to_string(number) + "-" + std::to_string(random_.next());
}

std::string Lists::issue(Place place, Timestamp now) {
  forget_old(places_, now - knobs_.cursor_life);
  place.issued = now;
  place.word = word_for("cur-", next_);
  return places_.emplace(next_++, std::move(place)).first->second.word;
}

std::string Lists::issue(Token token, Timestamp now) {
  forget_old(tokens_, now - knobs_.token_life);
  token.issued = now;
  token.word = word_for("sync-", next_);
  return tokens_.emplace(next_++, std::move(token)).first->second.word;
}

std::variant<Lists::Place, Refusal> Lists::begin(const Asked& asked, Timestamp now,
                                                 const All& all) {
  const Token* since = nullptr;
  if (!asked.sync_token.empty()) {
    const long long number = number_in(asked.sync_token, "sync-");
    since = find_kept(tokens_, asked.sync_token, "sync-");
    const bool old =
        since == nullptr ? number > 0 && number < next_ : now - since->issued > knobs_.token_life;
    if (old) return Refusal{"sync_token_expired", "The sync token has expired"};
    if (since == nullptr || since->list != asked.list)
      return Refusal{"sync_token_invalid", "The sync token is not one of this list"};
  }
  Pass pass{.list = asked.list, .sync_token = asked.sync_token, .ids = {}, .prints = {}};
  Prints prints;
  for (Item& item : all()) {
    const auto known = since == nullptr ? Prints::const_iterator() : since->prints->find(item.id);
    const bool changed =
        since == nullptr || known == since->prints->end() || known->second != item.print;
    prints.emplace(item.id, item.print);
    if (changed) pass.ids.push_back(std::move(item.id));
  }
  const auto most = static_cast<std::size_t>(knobs_.largest_news);
  if (since != nullptr && most > 0 && pass.ids.size() > most)
    return Refusal{"incremental_sync_too_large", "Too much has changed since then"};
  // Passes that see the same share what they saw.
  auto& last = last_[asked.list];
  if (!last || *last != prints) last = std::make_shared<const Prints>(std::move(prints));
  pass.prints = last;
  return Place{.pass = std::make_shared<const Pass>(std::move(pass))};
}

std::variant<Lists::Place, Refusal> Lists::resume(const Asked& asked, Timestamp now) const {
  const Place* const place = find_kept(places_, asked.cursor, "cur-");
  const long long number = number_in(asked.cursor, "cur-");
  const bool old =
      place == nullptr ? number > 0 && number < next_ : now - place->issued > knobs_.cursor_life;
  if (old) return Refusal{"next_cursor_expired", "The cursor has expired"};
  if (place == nullptr) return Refusal{"invalid_next_cursor", "The cursor is none"};
  if (place->pass->list != asked.list || place->pass->sync_token != asked.sync_token)
    return Refusal{"invalid_input", "The other parameters of a pass stay the same"};
  return *place;
}

Outcome Lists::page(const Asked& asked, Timestamp now, const All& all, const Show& show) {
  auto found = asked.cursor.empty() ? begin(asked, now, all) : resume(asked, now);
  if (auto* refusal = std::get_if<Refusal>(&found)) {
    if (refusal->code != "invalid_input") refusal->status = knobs_.stale_status;
    return std::move(*refusal);
  }
  Place place = std::get<Place>(std::move(found));
  const std::shared_ptr<const Pass> pass = place.pass;
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  const bool empty = knobs_.empty_page_every > 1 && place.number % knobs_.empty_page_every == 0;
  const auto most = static_cast<std::size_t>(std::min(asked.limit, knobs_.largest_page));
  const std::size_t end = empty ? place.offset : std::min(place.offset + most, pass->ids.size());
  for (; place.offset < end; ++place.offset) {
    if (auto row = show(pass->ids[place.offset])) rows.push_back(*std::move(row));
  }
  ++place.number;
  const bool more = empty || place.offset < pass->ids.size();
  nlohmann::ordered_json answer{{"results", std::move(rows)}, {"moreDataAvailable", more}};
  if (more) {
    answer["nextCursor"] = issue(std::move(place), now);
  } else {
    answer["syncToken"] = issue(Token{.list = pass->list, .prints = pass->prints}, now);
  }
  return answer;
}

}  // namespace praxisync::sandbox::ats::ashby
