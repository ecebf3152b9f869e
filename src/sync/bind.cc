#include "sync/bind.h"

#include <fmt/format.h>

#include "domain/text.h"

namespace praxisync::sync {

namespace {

constexpr std::string_view kBinding = "organisation of the key";

}  // namespace

std::string other_organisation(const std::string& of_database, const std::string& of_key) {
  const std::string own = printable(of_database, 100), other = printable(of_key, 100);
  return fmt::format(
      "the database belongs to the organisation {}, the API key to {}. Use a key of {}, or give {} "
      "a database of its own with another [state] path",
      own, other, own, other);
}

std::string identity_of(const assess::Organisation& organisation, const std::string& base_url) {
  return organisation.slug.empty() ? base_url : organisation.slug;
}

Course bind(Context& context) {
  const Account& account = context.account();
  Result<store::Binding> binding =
      context.store().organisation().load(account.base_url, account.api_key);
  if (!binding) return context.store_failed(binding.error());
  if (binding->organisation && binding->seen) return Course::GoOn;
  if (!context.may_go_on()) return Course::EndRun;
  context.observer().step(kBinding);
  context.report().least.reads += 1;
  const auto organisation = context.assess().get_organisation();
  if (!organisation) {
    const Course course = context.assess_failed(kBinding, organisation.failure(), http::Cost::Read);
    context.close_assess();
    return course == Course::EndRun || binding->organisation ? Course::EndRun : Course::GoOn;
  }
  const std::string identity = identity_of(*organisation, account.base_url);
  if (binding->organisation && *binding->organisation != identity) {
    context.report().end(Ending::OtherOrganisation);
    context.report().add(Problem{
        std::string(kBinding), ErrorKind::Fatal,
        "nothing was pulled or sent: " + other_organisation(*binding->organisation, identity)});
    return Course::EndRun;
  }
  const Result<void> bound =
      context.store().organisation().bind(identity, account.base_url, account.api_key);
  if (!bound) return context.store_failed(bound.error());
  context.report().quota = organisation->quota;
  return Course::GoOn;
}

}  // namespace praxisync::sync
