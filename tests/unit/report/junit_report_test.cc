#include "report/junit_report.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "report/xml_text.h"
#include "support/scratch_folder.h"
#include "unit/report/sample_report.h"

namespace praxisync::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// xmllint's verdict against the schema beside this file.
bool is_valid(const std::string& xml) {
  testing_support::ScratchFolder folder;
  folder.write("junit.xml", xml);
  const std::string command = std::string(PRAXISYNC_XMLLINT) + " --nonet --noout --schema " +
                              PRAXISYNC_SOURCE_DIR "/tests/unit/report/junit.xsd " +
                              (folder / "junit.xml").string() + " >/dev/null 2>&1";
  return std::system(command.c_str()) == 0;
}

TEST(JUnitReport, IsValidWhateverThereIs) {
  RunReport not_begun = empty_report(sync::Ending::Failed);
  not_begun.run.run = RunKey{};

  for (const RunReport& report :
       {full_report(), full_report(kHostile), empty_report(), not_begun, huge_report()}) {
    const std::string xml = junit_report(report);
    EXPECT_TRUE(is_valid(xml)) << xml.substr(0, 3000);
  }
  EXPECT_FALSE(is_valid("<testsuites><testsuite/></testsuites>")) << "the schema asks for more";
}

TEST(JUnitReport, HasTheWholeTextInTheBodyAsWell) {
  EXPECT_THAT(junit_report(full_report()),
              AllOf(HasSubstr("<testcase classname=\"praxisync.routes\" name=\"backend\""),
                    HasSubstr("<failure message=\"2 blocked: email: missing\" type=\"routes\">2 "
                              "blocked: email: missing\nPut the address right.</failure>"),
                    HasSubstr("name=\"pull gh\" time=\"0.300\"")));
}

TEST(JUnitReport, CountsItsCases) {
  EXPECT_THAT(junit_report(empty_report()),
              AllOf(HasSubstr("<testsuites name=\"praxisync\" tests=\"3\" failures=\"0\" "
                              "errors=\"0\" skipped=\"0\" time=\"2.500\">"),
                    HasSubstr("timestamp=\"2026-03-02T08:00:00\"")));
}

TEST(XmlText, LeavesNoMarkupAndNothingThatXmlRefuses) {
  EXPECT_EQ(xml_text("a<b>&\"'\n\t"), "a&lt;b&gt;&amp;&quot;&#39;\n\t");
  EXPECT_EQ(xml_text(std::string_view("\x00\x0B\x7F", 3)), "???");
  EXPECT_EQ(xml_text("\uFFFE\uFFFF"), "??");
  EXPECT_EQ(xml_text("\xC3("), "?(");
  EXPECT_EQ(xml_text("Ægir \U0001F600"), "Ægir \U0001F600");
  EXPECT_THAT(xml_text("]]>"), Not(HasSubstr("]]>")));
}

}  // namespace
}  // namespace praxisync::report
