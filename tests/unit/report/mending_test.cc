#include "report/mending.h"

#include <gmock/gmock.h>

#include "store/safety.h"

namespace praxisync::report {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct MendCase {
  std::string name, reason, want;
};
void PrintTo(const MendCase& row, std::ostream* out) { *out << row.name; }
class MendBlocked : public testing::TestWithParam<MendCase> {};
TEST_P(MendBlocked, SaysWhatToDo) {
  EXPECT_THAT(mend_blocked(GetParam().reason), HasSubstr(GetParam().want));
}
INSTANTIATE_TEST_SUITE_P(
    Table, MendBlocked,
    testing::Values(MendCase{"NoAddress", "email: missing", "address right in the ATS"},
                    MendCase{"SeenByThePeer", "the Assess API sees no e-mail address",
                             "address right"},
                    MendCase{"Domain", std::string(store::kDomainNotAllowed), "allow_domains"},
                    MendCase{"Target", "target: the assessment is archived", "available again"},
                    MendCase{"Other", "something else", "praxisync explain"}),
    [](const auto& row) { return row.param.name; });

TEST(MendEnding, SaysNothingWhereNothingIsToBeDone) {
  for (const auto ending : {sync::Ending::Done, sync::Ending::Signal, sync::Ending::Deadline,
                            sync::Ending::Quota, sync::Ending::Throttled, sync::Ending::Records})
    EXPECT_THAT(mend_ending(to_string(ending)), IsEmpty());
  for (const auto ending : {sync::Ending::Failed, sync::Ending::OtherOrganisation,
                            sync::Ending::Unauthorized, sync::Ending::Held})
    EXPECT_THAT(mend_ending(to_string(ending)), testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace praxisync::report
