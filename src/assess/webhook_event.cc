#include "assess/webhook_event.h"

#include "json/reader.h"

namespace praxisync::assess {
namespace {

std::string text_of(const json::Value* object, std::string_view key) {
  const json::Value* const found = object != nullptr ? object->find(key) : nullptr;
  const auto* const text = found != nullptr ? found->get<std::string>() : nullptr;
  return text != nullptr ? *text : std::string();
}

}  // namespace

WebhookEvent read_webhook_event(std::string_view body) {
  const Result<json::Value> document = json::Value::parse(body);
  if (!document) return {};
  return {.event = text_of(&*document, "event"),
          .assessment = AssessmentSlug(text_of(document->find("data"), "assessment_slug"))};
}

}  // namespace praxisync::assess
