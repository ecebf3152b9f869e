#include "support/contract.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <utility>

#include "domain/text.h"
#include "http/url.h"
#include "support/json_schema.h"

namespace praxisync::testing_support {
namespace {

using nlohmann::json;

constexpr std::string_view kPublicPath = "/api/v1/public/";

struct Named {
  std::string name;
  Schema schema;
  bool required = false;
};

struct Documented {
  std::vector<Named> headers;
  std::optional<Schema> body;  ///< nullopt: there is none
};

struct Operation {
  std::string name;  ///< "GET assessments/:slug/"
  std::string method;
  std::vector<std::string> segments;  ///< ":slug" for a parameter
  std::vector<Named> path, query;
  std::optional<Schema> body;
  bool needs_key = false;
  std::map<std::string, Documented> answers;
};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::optional<Schema> body_of(const json& owner) {
  const auto content = owner.find("content");
  if (content == owner.end()) return std::nullopt;
  return Schema(content->at("application/json").at("schema"));
}

std::vector<Named> named(const json& list, std::string_view in) {
  std::vector<Named> out;
  for (const json& item : list) {
    if (item.at("in") != in) continue;
    out.push_back({item.at("name"), Schema(item.at("schema")), item.value("required", false)});
  }
  return out;
}

Documented answer_of(const json& text) {
  Documented answer{{}, body_of(text)};
  const json headers = text.value("headers", json::object());
  for (const auto& [name, header] : headers.items()) {
    answer.headers.push_back({name, Schema(header.at("schema")), header.value("required", false)});
  }
  return answer;
}

Operation operation_of(const std::string& path, const std::string& method, const json& text) {
  Operation operation;
  std::string shown = path.substr(kPublicPath.size());
  std::ranges::replace(shown, '{', ':');
  std::erase(shown, '}');
  operation.method = method;
  std::ranges::transform(operation.method, operation.method.begin(),
                         [](char c) { return static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c); });
  operation.name = operation.method + " " + shown;
  operation.segments = split(shown, '/');
  const json parameters = text.value("parameters", json::array());
  operation.path = named(parameters, "path");
  operation.query = named(parameters, "query");
  if (const auto body = text.find("requestBody"); body != text.end())
    operation.body = body_of(*body);
  const json security = text.value("security", json::array());
  operation.needs_key = !security.empty();
  for (const auto& [status, answer] : text.at("responses").items())
    operation.answers.emplace(status, answer_of(answer));
  return operation;
}

/// How many segments are equal; nullopt where the path is another one.
std::optional<int> fit(const Operation& operation, const std::vector<std::string>& path) {
  if (operation.segments.size() != path.size()) return std::nullopt;
  int equal = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (operation.segments[i] == path[i]) {
      ++equal;
    } else if (!operation.segments[i].starts_with(':')) {
      return std::nullopt;
    }
  }
  return equal;
}

struct Target {
  std::string origin, path, query;
};

Target target_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path =
      std::min(url.find('/', scheme == std::string::npos ? 0 : scheme + 3), url.size());
  const std::size_t query = std::min(url.find('?', path), url.size());
  return {url.substr(0, path), url.substr(path, query - path),
          url.substr(std::min(query + 1, url.size()))};
}

bool is_called_json(const std::vector<http::Header>& headers) {
  const std::string type = to_lower(http::header(headers, "Content-Type"));
  return trim(std::string_view(type).substr(0, type.find(';'))) == "application/json";
}

void check_json(const Schema& schema, std::string_view body, const std::string& where,
                Complaints& out) {
  const json value = json::parse(body, nullptr, false);
  if (value.is_discarded()) {
    out.push_back(where + ": not JSON");
  } else {
    schema.check(value, where, out);
  }
}

void check_headers(const std::vector<Named>& wanted, const std::vector<http::Header>& headers,
                   const std::string& where, Complaints& out) {
  for (const Named& header : wanted) {
    const std::string value(http::header(headers, header.name));
    if (!value.empty()) {
      header.schema.check_text(value, where + " " + header.name, out);
    } else if (header.required) {
      out.push_back(where + " " + header.name + ": missing");
    }
  }
}

}  // namespace

struct Contract::Compiled {
  std::string origin;
  std::vector<Operation> operations;
  std::map<std::string, Schema> schemas;
  std::vector<Named> event_headers;
  std::optional<Schema> event;

  const Operation* find(const http::Request& request) const {
    const Target target = target_of(request.url);
    if (!target.path.starts_with(kPublicPath) || !target.path.ends_with('/')) return nullptr;
    const auto path = split(std::string_view(target.path).substr(kPublicPath.size()), '/');
    if (std::ranges::find(path, "") != path.end()) return nullptr;
    const Operation* best = nullptr;
    int most = -1;
    for (const Operation& operation : operations) {
      const std::optional<int> equal = fit(operation, path);
      if (!equal || *equal <= most || operation.method != http::to_string(request.method)) continue;
      best = &operation;
      most = *equal;
    }
    return best;
  }
};

Contract::Contract(const std::string& file) : compiled_(std::make_unique<Compiled>()) {
  std::ifstream in(file);
  const json text = json::parse(in, nullptr, false);
  if (text.is_discarded()) throw std::runtime_error(file + " is not JSON");
  try {
    compiled_->origin = text.at("servers").at(0).at("url");
    const json paths = resolved(text.at("paths"), text);
    for (const auto& [path, methods] : paths.items()) {
      for (const auto& [method, operation] : methods.items())
        compiled_->operations.push_back(testing_support::operation_of(path, method, operation));
    }
    const json schemas = resolved(text.at("components").at("schemas"), text);
    for (const auto& [name, schema] : schemas.items())
      compiled_->schemas.emplace(name, Schema(schema));
    const json event = resolved(text.at("webhooks").at("event").at("post"), text);
    compiled_->event_headers = named(event.at("parameters"), "header");
    compiled_->event = body_of(event.at("requestBody"));
  } catch (const json::exception& e) {
    throw std::runtime_error(file + ": " + e.what());
  }
}

Contract::~Contract() = default;

std::vector<std::string> Contract::operations() const {
  std::vector<std::string> names;
  for (const Operation& operation : compiled_->operations) names.push_back(operation.name);
  return names;
}

std::optional<std::string> Contract::operation_of(const http::Request& request) const {
  const Operation* operation = compiled_->find(request);
  return operation == nullptr ? std::nullopt : std::optional(operation->name);
}

std::vector<std::string> Contract::check_request(const http::Request& request) const {
  const Target target = target_of(request.url);
  const Operation* operation = compiled_->find(request);
  if (operation == nullptr)
    return {std::string(http::to_string(request.method)) + ": no such operation"};
  Complaints out;
  const std::string where = operation->name + ": request";
  if (target.origin != compiled_->origin) out.push_back(where + ": goes to another host");
  const std::string_view key = http::header(request.headers, "Authorization");
  if (operation->needs_key && !key.starts_with("Bearer ct_live_"))
    out.push_back(where + ": Authorization: no API key");

  std::set<std::string> given;
  for (const std::string& part : split(target.query, '&')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string name = part.substr(0, equals);
    const auto value = http::decode_query_value(part.substr(std::min(equals + 1, part.size())));
    const auto known = std::ranges::find(operation->query, name, &Named::name);
    if (known == operation->query.end()) {
      out.push_back(where + ": " + name + ": no such query parameter");
    } else if (!given.insert(name).second) {
      out.push_back(where + ": " + name + ": given twice");
    } else {
      known->schema.check_text(value.value_or(""), where + ": " + name, out);
    }
  }

  if (!operation->body) {
    if (!request.body.empty()) out.push_back(where + ": a body where there is none");
    return out;
  }
  if (!is_called_json(request.headers)) out.push_back(where + ": body is not called JSON");
  check_json(*operation->body, request.body, where + " body", out);
  return out;
}

std::vector<std::string> Contract::check_answer(const http::Request& asked,
                                                const http::Response& answer) const {
  const Operation* operation = compiled_->find(asked);
  if (operation == nullptr) return {"answer to no operation of the document"};
  const std::string where = operation->name + ": answer " + std::to_string(answer.status);
  const auto found = operation->answers.find(std::to_string(answer.status));
  if (found == operation->answers.end()) return {where + ": status is not documented"};
  Complaints out;
  check_headers(found->second.headers, answer.headers, where, out);
  if (!found->second.body) {
    if (!answer.body.empty()) out.push_back(where + ": a body where there is none");
    return out;
  }
  if (!is_called_json(answer.headers)) out.push_back(where + ": body is not called JSON");
  check_json(*found->second.body, answer.body, where, out);
  return out;
}

std::vector<std::string> Contract::check_event(const std::vector<http::Header>& headers,
                                               std::string_view body) const {
  Complaints out;
  check_headers(compiled_->event_headers, headers, "event", out);
  if (!is_called_json(headers)) out.push_back("event: body is not called JSON");
  check_json(*compiled_->event, body, "event", out);
  return out;
}

std::vector<std::string> Contract::check_body(const std::string& schema,
                                              std::string_view body) const {
  const auto found = compiled_->schemas.find(schema);
  if (found == compiled_->schemas.end()) return {schema + ": no such schema"};
  Complaints out;
  check_json(found->second, body, schema, out);
  return out;
}

}  // namespace praxisync::testing_support
