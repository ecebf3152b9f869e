#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "assess/page_range.h"
#include "cli/init_answers.h"
#include "cli/replaced_file.h"
#include "cli/session.h"
#include "cli/table.h"
#include "config/places.h"
#include "connectors/all.h"
#include "domain/text.h"
#include "setup/config_text.h"

namespace praxisync::cli {
namespace {

using setup::Choice;

/// One setting up, from the first question to the first plan.
class Init {
 public:
  Init(App& app, const ParsedOptions& options)
      : app_(app),
        options_(options),
        questions_(app, options),
        file_(options.has("config") ? options.get("config") : "praxisync.toml") {}

  int run() {
    std::error_code ignored;
    if (std::filesystem::exists(file_, ignored) && !options_.has("force")) {
      return wrong_usage(fmt::format(
          "{} is there already: --force replaces it, --config FILE names another", shown_file()));
    }
    Result<setup::Answers> answers = gather_answers(options_, questions_);
    if (!answers) return ended(answers.error());
    const connector::ConnectorSpec& spec = spec_of_type(answers->type);
    place_paths(*answers, spec, file_);

    Result<setup::Proposal> proposal = look_at_both_sides(*answers, spec);
    if (!proposal) return ended(proposal.error());
    show(*proposal);
    if (questions_.open() && !proposal->routes.empty()) {
      const Result<bool> wanted = questions_.agrees("Are these routes right?");
      if (!wanted) return ended(wanted.error());
      if (!*wanted) turn_down(*proposal);
    }
    const std::string text = setup::config_text(*answers, spec, *proposal);
    if (const Result<config::Config> good = read(text); !good) return ended(good.error());
    if (const Result<void> written = write(text); !written) return ended(written.error());
    app_.out << fmt::format("\nwrote {}\n", shown_file());
    if (questions_.open())
      app_.out << "the same without questions: " << same_again(*answers, file_.string()) << "\n";
    return look_at_it();
  }

 private:
  int wrong_usage(const std::string& text) {
    app_.err << "praxisync: " << text << "\n";
    return kUsage;
  }

  int ended(const Error& error) {
    print_error(app_, error);
    switch (error.kind) {
      case ErrorKind::Rejected:
        return kUsage;
      case ErrorKind::Unauthorized:
        return kUnauthorized;
      case ErrorKind::Exhausted:
        return app_.stop ? kStopped : kUsage;
      default:
        return kFailed;
    }
  }

  std::string shown_file() const { return printable(file_.string(), 200); }

  /// The text as it will be read later; its mistakes are in what was answered.
  Result<config::Config> read(const std::string& text) const {
    config::Loaded loaded = config::read(text, file_, all_connectors(), app_.environment);
    if (loaded.config) return *std::move(loaded.config);
    std::string what;
    for (const config::Problem& problem : loaded.problems) {
      what += fmt::format("{}{}{}", what.empty() ? "" : "\n", problem.message,
                          problem.hint.empty() ? "" : "; " + problem.hint);
    }
    return Error{ErrorKind::Rejected, std::move(what)};
  }

  Result<setup::Proposal> look_at_both_sides(const setup::Answers& answers,
                                             const connector::ConnectorSpec& spec) {
    Result<config::Config> draft = read(setup::config_text(answers, spec, {}));
    if (!draft) return std::move(draft).error();
    const std::unique_ptr<Session> session = Session::open(app_, options_, *std::move(draft));
    if (!session) return Error{ErrorKind::Rejected, "nothing was written"};
    // Whoever has no database yet has no ledger either.
    if (const Result<void> kept = session->keep_ledger(); !kept)
      session->log().warn("these requests are not counted: " + kept.error().what);
    Result<std::vector<Choice>> choices = read_choices(*session);
    if (!choices) return std::move(choices).error().during("read the Assess API");
    const Result<connector::Openings> openings = session->sources().front().connector->openings();
    session->progress().clear();
    if (!openings) return Error(openings.error()).during("read " + spec.type);
    return setup::propose(openings->all, *choices, answers.stages);
  }

  Result<std::vector<Choice>> read_choices(Session& session) {
    std::vector<Choice> choices;
    const auto assessments = assess::for_each_page(
        [&](const assess::PageToken& page) { return session.assess().list_assessments(page); },
        [&](const assess::Page<assess::Assessment>& page) {
          for (const assess::Assessment& one : page.rows)
            choices.push_back({{TargetKind::Assessment, one.slug.text()}, one.title});
          return app_.stop ? assess::Walk::Stop : assess::Walk::GoOn;
        });
    if (!assessments) return assessments.error();
    const auto pipelines = assess::for_each_page(
        [&](const assess::PageToken& page) { return session.assess().list_pipelines(page); },
        [&](const assess::Page<assess::Pipeline>& page) {
          for (const assess::Pipeline& one : page.rows)
            choices.push_back({{TargetKind::Pipeline, one.slug.text()}, one.title});
          return app_.stop ? assess::Walk::Stop : assess::Walk::GoOn;
        });
    // Not every plan has pipelines, and a key need not see them.
    if (!pipelines) session.log().warn("pipelines were not read: " + pipelines.error().what);
    if (app_.stop) return Error{ErrorKind::Exhausted, "stopped; nothing was written"};
    return choices;
  }

  void show(const setup::Proposal& proposal) {
    if (!proposal.routes.empty()) {
      Table table({{"job"}, {"stage"}, {"goes to"}, {"which is called"}});
      for (const setup::ProposedRoute& route : proposal.routes) {
        const Choice& choice = route.choice;
        table.add({route.job, route.stage,
                   fmt::format("{} {}", to_string(choice.target.kind), choice.target.slug),
                   choice.title});
      }
      app_.out << table.render(app_.out_terminal);
    }
    for (const setup::Doubt& doubt : proposal.doubts)
      app_.out << fmt::format("no route for {}: {}\n", printable(doubt.job, 100), doubt.why);
    if (proposal.routes.empty() && proposal.doubts.empty())
      app_.out << "the ATS shows no job that is open: add the routes by hand\n";
    app_.out << std::flush;
  }

  static void turn_down(setup::Proposal& proposal) {
    for (const setup::ProposedRoute& route : proposal.routes) {
      proposal.doubts.push_back(
          {route.job, fmt::format("{} {} was turned down", to_string(route.choice.target.kind),
                                  route.choice.target.slug)});
    }
    proposal.routes.clear();
  }

  Result<void> write(const std::string& text) const {
    const auto places = config::usual_configs(app_.environment);
    if (std::ranges::find(places, file_) != places.end() && file_.has_parent_path()) {
      std::error_code failed;
      std::filesystem::create_directories(file_.parent_path(), failed);  // 0700, by the umask
    }
    // It holds no secret, and a service's user must be able to read what root has set up.
    return replace_file(file_.string(), text, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
  }

  /// doctor and plan, as somebody would call them.
  int look_at_it() {
    int worst = kDone;
    for (const Command& command : {doctor_command(), plan_command()}) {
      app_.out << fmt::format("\npraxisync {}:\n", command.spec.name) << std::flush;
      const Result<ParsedOptions> options = parse(
          command.spec, {"--config=" + file_.string(), "--log-level=" + options_.get("log-level"),
                         "--log-format=" + options_.get("log-format")});
      PRAXISYNC_CHECK(options.has_value(), "these options were read before");
      const int code = command.run(app_, *options);
      if (worst == kDone) worst = code;
    }
    return worst;
  }

  App& app_;
  const ParsedOptions& options_;
  Questions questions_;
  std::filesystem::path file_;
};

int run_init(App& app, const ParsedOptions& options) { return Init(app, options).run(); }

std::vector<OptionSpec> all_init_options() {
  std::vector<OptionSpec> options = init_answer_options();
  options.push_back({.name = "config",
                     .shortcut = "c",
                     .argument = "FILE",
                     .help = "the config to write",
                     .fallback = "praxisync.toml"});
  options.push_back({.name = "output",
                     .shortcut = "o",
                     .argument = "FORM",
                     .help = "what stdout gets",
                     .fallback = "table",
                     .choices = {"table"}});
  options.push_back({.name = "force",
                     .help = "replace a config that is there",
                     .typed_only = "it is meant for one file"});
  options.push_back(no_input_option());
  return options;
}

}  // namespace

Command init_command() {
  return {
      {.name = "init",
       .summary = "Writes a config from what the ATS and the Assess API offer, then checks it",
       .usage =
           "Asks at a terminal for what no option says; reads the jobs and stages of the ATS "
           "and the assessments and pipelines of the Assess API; proposes a route where the "
           "names leave no doubt, and says where they do. Sends nothing. Ends with what doctor "
           "and plan say of the new config. Keys are named by a variable or a file, and are "
           "never written into the config.",
       .options = all_init_options(),
       .examples = {{"praxisync init", "asks, then writes praxisync.toml"},
                    {"praxisync init --no-input --ats file --set path=export.csv",
                     "from an export"},
                    {"praxisync init --no-input --ats greenhouse",
                     "with the credentials in GREENHOUSE_CLIENT_ID and GREENHOUSE_CLIENT_SECRET"}},
       .exit_codes = exit_codes({kDone, kFailed, kUsage, kStopped, kUnauthorized})},
      run_init};
}

}  // namespace praxisync::cli
