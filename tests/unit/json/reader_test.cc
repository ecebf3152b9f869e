#include "json/reader.h"

#include <gmock/gmock.h>

#include "support/result_matchers.h"

namespace praxisync::json {
namespace {

using testing::ElementsAre;
using testing::Optional;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(Json, RefusesWhatIsNotOneDocumentInUtf8) {
  for (const char* text :
       {"", "  \n", "{", R"({"a":1)", R"({"a":1}x)", R"({"a":NaN})", R"({"a":Infinity})",
        R"({'a':1})", R"(["\ud800"])", R"(["\udc00\ud800"])", "[\"\xFF\"]", "[\"\xED\xA0\x80\"]",
        "[\"\xC0\xAF\"]", "[\"a\nb\"]", "[01]", "<!DOCTYPE html><html></html>", R"(["a",])"}) {
    EXPECT_THAT(Value::parse(text), FailsWith(ErrorKind::Malformed)) << text;
  }
}

TEST(Json, SaysWhatItGotInsteadWithoutRepeatingIt) {
  EXPECT_THAT(Value::parse(""), FailsSaying("empty body"));
  EXPECT_THAT(Value::parse("\n <html>"), FailsSaying("web page"));
  EXPECT_EQ(Value::parse(R"({"email": jane@example.com})").error().what.find("jane"),
            std::string::npos);
}

TEST(Json, BoundsDepthAndTheNumberOfValues) {
  EXPECT_THAT(Value::parse(nested(kMaxDepth)), IsOk());
  EXPECT_THAT(Value::parse(nested(kMaxDepth + 1)), FailsSaying("deeper than 64"));
  EXPECT_THAT(Value::parse(nested(100'000)), FailsSaying("deeper than 64"));
  std::string wide = "[0";
  for (std::size_t i = 1; i < kMaxValues; ++i) wide += ",0";
  EXPECT_THAT(Value::parse(wide + "]"), FailsSaying("more than 200000 values"));
}

class ReadField : public testing::Test {
 protected:
  Reader read(std::string_view text) {
    Result<Value> parsed = Value::parse(text);
    if (parsed) document_ = std::move(*parsed);
    return Reader(document_, "row", fault);
  }
  Fault fault;

 private:
  Value document_;
};

TEST_F(ReadField, ReadsEachType) {
  const Reader json =
      read(R"({"text": "a\u00e9", "id": 7, "whole": 3.0, "number": -2.5e1, "yes": true,
                                   "at": "2025-03-15T14:00:00Z", "inner": {"list": [{"x": "1"}, {"x": "2"}]}})");

  EXPECT_EQ(json.text("text"), "a\xC3\xA9");
  EXPECT_EQ(json.id("id"), "7");
  EXPECT_THAT(json.integer("whole", 0, 5), Optional(3));
  EXPECT_THAT(json.number("number", -100, 0), Optional(-25.0));
  EXPECT_THAT(json.flag("yes"), Optional(true));
  EXPECT_THAT(json.time("at"), Optional(*parse_timestamp("2025-03-15T14:00:00Z")));
  std::vector<std::string> paths;
  for (const auto& [value, path] : json.object("inner")->array("list")) paths.push_back(path);
  EXPECT_THAT(paths, ElementsAre("row.inner.list[0]", "row.inner.list[1]"));
  EXPECT_FALSE(fault) << fault.what();
}

TEST_F(ReadField, TakesNullForMissing) {
  const Reader json = read(R"({"a": null})");

  for (const char* key : {"a", "b"}) {
    EXPECT_FALSE(json.has(key));
    EXPECT_EQ(json.text_or_empty(key), "");
    EXPECT_EQ(json.id_or_empty(key), "");
    EXPECT_FALSE(json.integer(key, 0, 1));
    EXPECT_FALSE(json.number(key, 0, 1));
    EXPECT_FALSE(json.flag(key));
    EXPECT_FALSE(json.time(key));
    EXPECT_FALSE(json.object(key));
    EXPECT_TRUE(json.array(key).empty());
  }
  EXPECT_FALSE(fault) << fault.what();
}

TEST_F(ReadField, KeepsEveryDigitOfALongId) {
  const Reader json = read(
      R"({"a": 18446744073709551615, "b": 123456789012345678901234567890, "c": -9007199254740993})");

  EXPECT_EQ(json.id("a"), "18446744073709551615");
  EXPECT_EQ(json.id("b"), "123456789012345678901234567890");
  EXPECT_EQ(json.id("c"), "-9007199254740993");
}

TEST_F(ReadField, TakesTheLastOfTwoEqualKeys) {
  EXPECT_EQ(read(R"({"a": "first", "a": "last"})").text("a"), "last");
}

TEST_F(ReadField, NamesThePathOfTheFirstFaultAlone) {
  const Reader json = read(R"({"a": 1})");

  json.text("email");
  json.text("a");

  EXPECT_EQ(fault.what(), "row.email: missing");
  EXPECT_EQ(fault.error().kind, ErrorKind::Malformed);
}

struct WrongType {
  std::string json, want;
  void (*read)(const Reader&);
};

TEST_F(ReadField, SaysWhatIsWrongWithAField) {
  const std::vector<WrongType> table{
      {R"({"k": 1})", "row.k: not a text", [](const Reader& json) { json.text("k"); }},
      {R"({"k": ""})", "row.k: empty", [](const Reader& json) { json.text("k"); }},
      {R"({"k": true})", "row.k: not a text or number", [](const Reader& json) { json.id("k"); }},
      {R"({"k": "1"})", "row.k: not a number", [](const Reader& json) { json.integer("k", 0, 9); }},
      {R"({"k": 1.5})", "row.k: not a whole number",
       [](const Reader& json) { json.integer("k", 0, 9); }},
      {R"({"k": 10})", "row.k: out of range", [](const Reader& json) { json.integer("k", 0, 9); }},
      {R"({"k": 99999999999999999999})", "row.k: out of range",
       [](const Reader& json) { json.integer("k", 0, 9); }},
      {R"({"k": 100.1})", "row.k: out of range",
       [](const Reader& json) { json.number("k", 0, 100); }},
      {R"({"k": 0})", "row.k: not true or false", [](const Reader& json) { json.flag("k"); }},
      {R"({"k": "yesterday"})", "row.k: not an ISO 8601 time",
       [](const Reader& json) { json.time("k"); }},
      {R"({"k": {}})", "row.k: not an array", [](const Reader& json) { json.array("k"); }},
      {R"({"k": []})", "row.k: not an object", [](const Reader& json) { json.object("k"); }},
      {R"([1])", "row: not an object", [](const Reader&) {}}};
  for (const WrongType& row : table) {
    fault = Fault{};

    row.read(read(row.json));

    EXPECT_EQ(fault.what(), row.want) << row.json;
  }
}

}  // namespace
}  // namespace praxisync::json
