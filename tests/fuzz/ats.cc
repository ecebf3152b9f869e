#include "fuzz/ats.h"

#include <charconv>

#include "http/url.h"

namespace praxisync::fuzz {
namespace {

constexpr std::size_t kMostOfAName = 1000;
constexpr int kMostPagesPulled = 5;

const std::vector<StageFilter>& routes(bool globs) {
  static const std::vector<StageFilter> named{{"Backend Engineer", "Skills Assessment"}};
  static const std::vector<StageFilter> patterns{{"*", "*Assess*"}};
  return globs ? patterns : named;
}

WriteBack action_of(const Ats& ats, ActionKind kind) {
  WriteBack action{.marker = "px:abcdefghij23",
                   .application = ats.application,
                   .candidate = ats.candidate,
                   .email = "ada@example.org",
                   .route = RouteName("backend"),
                   .outcome = {},
                   .kind = kind,
                   .value = "91",
                   .field = kind == ActionKind::Field ? "Assessment score" : "",
                   .expected_stage = "Skills Assessment",
                   .previous = "40",
                   .at = StillClock().now()};
  if (kind == ActionKind::Link) action.value = "https://assess.example/reports/r-1";
  if (kind == ActionKind::Move) action.value = "Onsite";
  if (kind == ActionKind::Reject) action.value = "Did not pass the assessment";
  return action;
}

class Call {
 public:
  Call(const Ats& ats, std::string_view input) : ats_(ats), input_(input), pieces_(input) {
    call_ = pieces_.below(15);
    const std::size_t choices = pieces_.below(4);
    globs_ = (choices & 1U) != 0;
    afresh_ = (choices & 2U) != 0;
    static_cast<void>(pieces_.line());
  }

  void run() {
    connector_ = connect();
    if (call_ == 0) return pull();
    if (call_ == 1) return openings();
    if (call_ == 2) return check();
    if (call_ < 9) return write(static_cast<ActionKind>(call_ - 3));
    landed(static_cast<ActionKind>(call_ - 9));
  }

 private:
  std::unique_ptr<connector::Connector> connect() {
    connector::Settings settings{ConnectorName("ats")};
    for (const std::string& name : ats_.secrets)
      settings.set_secret(name, ApiKey(secret_of(name, input_)));
    connector::World world{.transport = answers_,
                           .clock = clock_,
                           .routed = routes(globs_),
                           .retry = {.max_attempts = 2, .free_retries = 1}};
    auto made = ats_.spec.make(settings, std::move(world));
    PRAXISYNC_CHECK(made.has_value(), "these settings can be used");
    return *std::move(made);
  }

  void pull() {
    Cursor cursor;
    std::optional<Sweep> before;
    for (int pages = 0; pages < kMostPagesPulled && !answers_.at_end(); ++pages) {
      if (afresh_ && pages > 0) connector_ = connect();
      answers_.forget();
      const Result<ApplicationPage> page = connector_->pull(cursor);
      if (!page) return check_error(page.error());
      check_page(*page);
      const bool midst = before == Sweep::Starts || before == Sweep::Continues;
      const bool goes_on = page->sweep == Sweep::Continues || page->sweep == Sweep::Ends;
      PRAXISYNC_CHECK(!midst || goes_on || answers_.refused(),
                      "a sweep goes on where its cursor says, or is refused there");
      PRAXISYNC_CHECK(midst || !goes_on, "and only there");
      before = page->sweep;
      cursor = page->next;
    }
  }

  void check_page(const ApplicationPage& page) {
    const std::size_t told = page.applications.size() + page.left.size() + page.set_aside.size();
    PRAXISYNC_CHECK(answers_.rows() || !answers_.asked_for_page(),
                    "what is not understood is an error, not an empty page");
    PRAXISYNC_CHECK(told >= answers_.rows().value_or(0), "nobody of an answer is lost");
    PRAXISYNC_CHECK(told == 0 || answers_.asked_for_page(), "and nobody made up");
    check_shown(page.next.text(), 20'000);
    for (const Application& application : page.applications) check_application(application);
    for (const Departure& departure : page.left) {
      check_id(departure.id.text());
      check_name(departure.stage);
    }
    for (const SetAside& row : page.set_aside) {
      PRAXISYNC_CHECK(!row.record.empty() && !row.reason.empty(), "its place and why");
      check_shown(row.record, 300);
      check_shown(row.reason, 300);
      PRAXISYNC_CHECK(row.reason.find('@') == std::string::npos, "nothing of the row is in it");
    }
  }

  void check_application(const Application& application) {
    check_id(application.id.text());
    if (application.hold.empty()) check_id(application.candidate.text());
    PRAXISYNC_CHECK(application.email.size() <= 320, "an address is bounded");
    check_shown(application.name, 200);
    check_shown(application.hold, 200);
    check_name(application.job);
    check_name(application.stage);
    PRAXISYNC_CHECK(is_utf8(application.email), "an address is UTF-8");
  }

  void check_id(const std::string& id) {
    PRAXISYNC_CHECK(!id.empty(), "an id is there");
    check_shown(id, 200);
  }

  void check_name(const std::string& name) {
    PRAXISYNC_CHECK(name.size() <= kMostOfAName && is_utf8(name), "a name is bounded");
  }

  void check_error(const Error& error) {
    check_shown(error.what, 4000);
    PRAXISYNC_CHECK(error.kind != ErrorKind::Fatal, "no answer of a peer ends the whole run");
    PRAXISYNC_CHECK(error.retry_at.has_value() == (error.kind == ErrorKind::Throttled),
                    "only a throttled call says when to come back");
    for (const std::string& name : ats_.secrets) {
      PRAXISYNC_CHECK(error.what.find(secret_of(name, input_)) == std::string::npos,
                      "no secret in an error");
    }
  }

  void openings() {
    const Result<connector::Openings> openings = connector_->openings();
    if (!openings) return check_error(openings.error());
    for (const connector::Opening& opening : openings->all) {
      check_id(opening.job.id);
      check_name(opening.job.name);
      for (const connector::Opening::Stage& stage : opening.stages) check_name(stage.stage.name);
    }
  }

  void check() {
    const std::vector<PolicyAction> planned{{ActionKind::Note, "done"},
                                            {ActionKind::Field, "{score}", "Assessment score"},
                                            {ActionKind::Move, "Onsite"},
                                            {ActionKind::Reject, "Did not pass the assessment"}};
    for (const connector::Finding& finding : connector_->check(planned)) {
      check_shown(finding.what, 300);
      check_shown(finding.detail, 4000);
      check_shown(finding.remedy, 600);
    }
    PRAXISYNC_CHECK(answers_.writes() == 0, "a check reads only");
  }

  void write(ActionKind kind) {
    const Result<Written> written = connector_->write(action_of(ats_, kind));
    PRAXISYNC_CHECK(answers_.writes() <= 6, "an action ends");
    if (written) {
      check_shown(written->remark, 1000);
      PRAXISYNC_CHECK(written->how == Written::How::LeftAlone || !answers_.unsettled(),
                      "what may have landed is not done yet");
      return;
    }
    check_error(written.error());
    if (written.error().kind != ErrorKind::OutcomeUnknown) return;
    PRAXISYNC_CHECK(answers_.writes() > 0, "nothing is unknown where nothing was written");
    answers_.forget();
    landed(kind);
  }

  void landed(ActionKind kind) {
    const Result<bool> there = connector_->landed(action_of(ats_, kind));
    PRAXISYNC_CHECK(answers_.writes() == 0, "to look is no write");
    if (!there) check_error(there.error());
  }

  const Ats& ats_;
  std::string_view input_;
  Pieces pieces_;
  StillClock clock_;
  Answers answers_{ats_, input_, pieces_};
  std::size_t call_ = 0;
  bool globs_ = false, afresh_ = false;
  std::unique_ptr<connector::Connector> connector_;
};

}  // namespace

void Answers::forget() {
  asked_for_page_ = refused_ = unsettled_ = false;
  rows_.reset();
  writes_ = 0;
}

void Answers::check(const http::Request& request) {
  const Result<http::Url> url = http::parse_url(request.url);
  PRAXISYNC_CHECK(url.has_value(), "what is asked for is a URL");
  const std::string origin = http::to_string(url->origin);
  PRAXISYNC_CHECK(std::ranges::find(ats_.origins, origin) != ats_.origins.end(),
                  "nothing goes to any other origin, whatever an answer says");
  PRAXISYNC_CHECK(!http::header(request.headers, "Authorization").empty(), "with credentials");
  for (const std::string& name : ats_.secrets) {
    PRAXISYNC_CHECK(request.url.find(secret_of(name, input_)) == std::string::npos,
                    "which are not in its URL");
  }
  PRAXISYNC_CHECK(is_utf8(request.body), "a body is UTF-8");
}

std::optional<http::Response> Answers::next_answer() {
  if (at_end()) return std::nullopt;
  http::Response answer;
  const std::string_view head = pieces_.line();
  const char* const most = head.data() + std::min<std::size_t>(head.size(), 3);
  const char* const end = std::from_chars(head.data(), most, answer.status).ptr;
  const std::string_view header = head.substr(static_cast<std::size_t>(end - head.data()));
  if (const std::size_t colon = header.find(':'); colon != std::string_view::npos) {
    answer.headers.push_back(
        {std::string(trim(header.substr(0, colon))), std::string(trim(header.substr(colon + 1)))});
  }
  answer.body = pieces_.line();
  if (answer.status < 200 || answer.status > 599) return std::nullopt;
  return answer;
}

Result<http::Response> Answers::send(const http::Request& request) {
  check(request);
  const bool writes = request.repeat != http::Repeat::Safe;
  const std::string sent = writes ? request.url + ' ' + request.body : std::string();
  PRAXISYNC_CHECK(!maybe_landed_.contains(sent), "what may have landed is not sent twice");
  std::optional<http::Response> answer = next_answer();
  const bool success = answer && answer->status <= 299;
  if (writes) {
    ++writes_;
    const bool unknown = !answer || answer->status >= 500;
    unsettled_ = unsettled_ || unknown;
    if (success || unknown) maybe_landed_.insert(sent);
  }
  if (ats_.lists(request)) {
    asked_for_page_ = true;
    rows_ = success ? ats_.rows(answer->body) : std::nullopt;
    refused_ = refused_ || !rows_;
  }
  if (answer) return *std::move(answer);
  return Error{writes ? ErrorKind::OutcomeUnknown : ErrorKind::Transient, "connection lost"};
}

void run_ats(const Ats& ats, std::string_view input) { Call(ats, input).run(); }

}  // namespace praxisync::fuzz
