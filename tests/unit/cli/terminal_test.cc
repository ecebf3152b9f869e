#include "cli/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace praxisync::cli {
namespace {

struct ColourCase {
  std::string name;
  Device device;
  std::map<std::string, std::string> environment;
  Colour want;
};
void PrintTo(const ColourCase& row, std::ostream* out) { *out << row.name; }

class ColourChoice : public testing::TestWithParam<ColourCase> {};

TEST_P(ColourChoice, FollowsTheConventions) {
  const Terminal terminal = describe(GetParam().device, 0, GetParam().environment);

  EXPECT_EQ(terminal.colour, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ColourChoice,
    testing::Values(ColourCase{"Terminal", Device::Tty, {}, Colour::On},
                    ColourCase{"Pipe", Device::Other, {}, Colour::Off},
                    ColourCase{"NoColour", Device::Tty, {{"NO_COLOR", "1"}}, Colour::Off},
                    ColourCase{"EmptyNoColour", Device::Tty, {{"NO_COLOR", ""}}, Colour::On},
                    ColourCase{"Dumb", Device::Tty, {{"TERM", "dumb"}}, Colour::Off},
                    ColourCase{"Forced", Device::Other, {{"CLICOLOR_FORCE", "1"}}, Colour::On},
                    ColourCase{"ForcedOff", Device::Other, {{"CLICOLOR_FORCE", "0"}}, Colour::Off},
                    ColourCase{"NoColourOutranksForce",
                               Device::Tty,
                               {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}},
                               Colour::Off}),
    [](const auto& row) { return row.param.name; });

TEST(Terminal, IsAsWideAsItSays) {
  EXPECT_EQ(describe(Device::Tty, 120, {{"COLUMNS", "50"}}).width, 120u);
  EXPECT_EQ(describe(Device::Tty, 0, {{"COLUMNS", "50"}}).width, 50u);
  EXPECT_EQ(describe(Device::Tty, 0, {{"COLUMNS", "wide"}}).width, 80u);
  EXPECT_EQ(describe(Device::Other, 0, {{"COLUMNS", "50"}}).width, 0u);
}

TEST(Terminal, RedrawsUnlessItIsDumb) {
  EXPECT_TRUE(describe(Device::Tty, 0, {}).redraws);
  EXPECT_FALSE(describe(Device::Tty, 0, {{"TERM", "dumb"}}).redraws);
  EXPECT_FALSE(describe(Device::Other, 0, {{"CLICOLOR_FORCE", "1"}}).redraws);
}

TEST(Terminal, IsNoneWhereOutputGoesToAFile) {
  const int descriptor = ::open("/dev/null", O_WRONLY);

  const Terminal terminal = inspect(descriptor, {});

  EXPECT_FALSE(terminal.tty);
  EXPECT_EQ(terminal.colour, Colour::Off);
  ::close(descriptor);
}

}  // namespace
}  // namespace praxisync::cli
