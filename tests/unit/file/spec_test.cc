#include "connectors/all.h"
#include "unit/file/file_world.h"

namespace praxisync::file {
namespace {

using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

class Spec : public FileTest {
 protected:
  Result<std::unique_ptr<connector::Connector>> with(const std::string& name,
                                                     const std::string& value) {
    connector::Settings some = settings("export.csv");
    some.set(name, value);
    return spec().make(some, {transport, clock});
  }
};

TEST_F(Spec, IsListed) {
  const std::vector<connector::ConnectorSpec> all = all_connectors();

  EXPECT_TRUE(
      std::any_of(all.begin(), all.end(), [](const auto& one) { return one.type == "file"; }));
}

TEST_F(Spec, CanDoEveryAction) { EXPECT_EQ(spec().capabilities.actions.size(), 6U); }

TEST_F(Spec, RefusesSettingsThatCannotBeUsed) {
  EXPECT_THAT(with("path", " "), FailsSaying("path: is missing"));
  EXPECT_THAT(with("separator", "|"), FailsSaying("separator: must be"));
  EXPECT_THAT(with("format", "xlsx"), FailsSaying("format: must be"));
  for (const std::string size : {"0", "-1", "10001", "many", "1e3", ""}) {
    EXPECT_THAT(with("page_size", size), FailsSaying("page_size: must be a number from 1 to 10000"))
        << size;
  }
  EXPECT_THAT(with("page_size", "0"), FailsWith(ErrorKind::Rejected));
}

TEST_F(Spec, TakesWebhooksOfSendersThatItKnows) {
  EXPECT_THAT(with("webhooks_from", "workable"), IsOk());
  EXPECT_THAT(with("webhooks_from", "icims"),
              FailsSaying("webhooks_from: must be one of recruitee, smartrecruiters, teamtailor, "
                          "workable"));
  connector::Settings unnamed = settings("export.csv");
  unnamed.set_secrets(connector::kWebhookSecrets, {ApiKey("a-secret")});
  EXPECT_THAT(spec().make(unnamed, {transport, clock}), FailsSaying("webhooks_from: is missing"));
  EXPECT_FALSE(spec().webhooks.reader(unnamed));
}

TEST_F(Spec, RefusesToWriteIntoItsInput) {
  EXPECT_THAT(with("results", (folder / "export.csv").string()), FailsSaying("name another one"));
  EXPECT_THAT(with("path", (folder / "results.csv").string()), FailsSaying("name another one"));
}

TEST_F(Spec, RefusesToReadItsResultsUnderAnotherName) {
  folder.write("export.csv", export_of(1, 1));
  std::filesystem::create_symlink("export.csv", folder / "link.csv");
  connector::Settings some = settings("export.csv");
  some.set("results", (folder / "link.csv").string());

  EXPECT_THAT(make(some)->pull(Cursor()), FailsSaying("'path' and 'results' are the same file"));
}

}  // namespace
}  // namespace praxisync::file
