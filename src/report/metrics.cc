#include "report/metrics.h"

#include <prometheus/text_serializer.h>

#include <functional>

#include "sync/run_report.h"

namespace praxisync::report {
namespace {

using prometheus::MetricType;
using Totals = store::RunTotals::ByLabel;

struct Sample {
  std::vector<std::string> labels;  ///< what the metric's labels are, in their order
  double value = 0;
};
using Samples = std::vector<Sample>;

struct Metric {
  std::string name;
  MetricType type;
  std::vector<std::string> labels;
  std::string help;
  std::function<Samples(const MetricsSnapshot&)> samples;
};

double seconds(Milliseconds span) { return static_cast<double>(span.count()) / 1000; }
double seconds(Timestamp at) { return seconds(at.time_since_epoch()); }

template <typename Number>
Samples one(Number value) {
  return {{{}, static_cast<double>(value)}};
}

template <typename T, typename Project>
Samples if_known(const std::optional<T>& value, Project project) {
  return value ? one(project(*value)) : Samples{};
}

/// `known` begin with 0, so that a first failure shows as an increase.
Samples by_label(Totals totals, const std::vector<std::string>& known = {}) {
  for (const std::string& label : known) totals.try_emplace(label, 0);
  Samples samples;
  for (const auto& [label, total] : totals)
    samples.push_back({{label}, static_cast<double>(total)});
  return samples;
}

template <typename Enum>
std::vector<std::string> names_up_to(Enum last, const char* more) {
  std::vector<std::string> names{more};
  for (int i = 0; i <= static_cast<int>(last); ++i)
    names.emplace_back(to_string(static_cast<Enum>(i)));
  return names;
}

std::int64_t total_of(const Totals& totals, const std::string& label) {
  const auto found = totals.find(label);
  return found == totals.end() ? 0 : found->second;
}

Samples if_any(const Totals& totals, const std::string& label) {
  return totals.contains(label) ? one(totals.at(label)) : Samples{};
}

/// A counter of one of the document's counts.
Metric count(std::string name, std::string count, std::string help) {
  return {std::move(name),
          MetricType::Counter,
          {},
          std::move(help),
          [count = std::move(count)](const MetricsSnapshot& now) {
            return one(total_of(now.totals.counts, count));
          }};
}

std::vector<Metric> run_metrics() {
  return {
      {"praxisync_runs_total",
       MetricType::Counter,
       {"reason"},
       "Runs, by why they ended.",
       [](const MetricsSnapshot& now) {
         return by_label(now.totals.runs, names_up_to(sync::Ending::Done, "killed"));
       }},
      {"praxisync_last_success_timestamp_seconds",
       MetricType::Gauge,
       {},
       "When a run last ended with exit code 0, since 1970.",
       [](const MetricsSnapshot& now) {
         return if_known(now.last_success, [](Timestamp at) { return seconds(at); });
       }},
      {"praxisync_last_run_timestamp_seconds",
       MetricType::Gauge,
       {},
       "When the last run ended, however it did, since 1970.",
       [](const MetricsSnapshot& now) {
         return if_known(now.last_run,
                         [](const store::Run& run) { return seconds(*run.finished_at); });
       }},
      {"praxisync_last_run_duration_seconds",
       MetricType::Gauge,
       {},
       "How long the last run took.",
       [](const MetricsSnapshot& now) {
         return if_known(now.last_run, [](const store::Run& run) {
           return seconds(*run.finished_at - run.started_at);
         });
       }},
      {"praxisync_last_run_exit_code",
       MetricType::Gauge,
       {},
       "The exit code of the last run.",
       [](const MetricsSnapshot& now) {
         return if_known(now.last_run,
                         [](const store::Run& run) { return run.exit_code.value_or(1); });
       }},
      {"praxisync_errors_total",
       MetricType::Counter,
       {"kind"},
       "Failures within runs, by what is to be done about them.",
       [](const MetricsSnapshot& now) {
         return by_label(now.totals.errors, names_up_to(ErrorKind::Fatal, "not_listed"));
       }},
  };
}

std::vector<Metric> work_metrics() {
  return {
      count("praxisync_pulled_applications_total", "pulled", "Applications read from the ATSs."),
      count("praxisync_set_aside_records_total", "set_aside",
            "Records of an ATS that could not be read."),
      count("praxisync_queued_screenings_total", "queued", "Screenings queued."),
      count("praxisync_blocked_screenings_total", "blocked",
            "Screenings that came to need a person."),
      count("praxisync_invitations_total", "invited", "Invitations sent."),
      count("praxisync_known_invitations_total", "already_invited",
            "People who turned out to be invited already."),
      count("praxisync_enrollments_total", "enrolled", "Enrollments in pipelines."),
      count("praxisync_reminders_total", "reminded", "Reminders sent."),
      count("praxisync_cancellations_total", "cancelled", "Invitations cancelled."),
      {"praxisync_outcomes_total",
       MetricType::Counter,
       {"outcome"},
       "Outcomes of screenings: passed, failed or expired.",
       [](const MetricsSnapshot& now) -> Samples {
         Samples samples;
         for (const char* outcome : {"expired", "failed", "passed"})
           samples.push_back(
               {{outcome}, static_cast<double>(total_of(now.totals.counts, outcome))});
         return samples;
       }},
      count("praxisync_write_backs_total", "written_back", "Write-backs that landed in an ATS."),
      count("praxisync_refused_write_backs_total", "failed_writes",
            "Write-backs that an ATS refused."),
      {"praxisync_backlog_screenings",
       MetricType::Gauge,
       {"state"},
       "Screenings that wait to be sent (queued), for the candidate (waiting) or for a person "
       "(blocked).",
       [](const MetricsSnapshot& now) -> Samples {
         return {{{"blocked"}, static_cast<double>(now.backlog.blocked)},
                 {{"queued"}, static_cast<double>(now.backlog.queued)},
                 {{"waiting"}, static_cast<double>(now.backlog.waiting)}};
       }},
      {"praxisync_backlog_write_backs",
       MetricType::Gauge,
       {},
       "Write-backs that have not landed.",
       [](const MetricsSnapshot& now) { return one(now.backlog.to_write); }},
      {"praxisync_unsettled_calls",
       MetricType::Gauge,
       {},
       "Calls of which it is not known whether they took effect.",
       [](const MetricsSnapshot& now) { return one(now.backlog.unsettled); }},
  };
}

Samples by_source(const std::optional<WebhooksSnapshot>& webhooks,
                  std::vector<WebhookCount> WebhooksSnapshot::*counts) {
  Samples samples;
  if (!webhooks) return samples;
  for (const WebhookCount& count : (*webhooks).*counts)
    samples.push_back({{count.source, count.what}, static_cast<double>(count.count)});
  return samples;
}

std::vector<Metric> webhook_metrics() {
  return {
      {"praxisync_inbox_events",
       MetricType::Gauge,
       {},
       "Webhook events that wait to be worked on.",
       [](const MetricsSnapshot& now) {
         return if_known(now.webhooks, [](const WebhooksSnapshot& hooks) { return hooks.waiting; });
       }},
      {"praxisync_webhook_deliveries_total",
       MetricType::Counter,
       {"source", "outcome"},
       "Deliveries since the process began, by what came of them.",
       [](const MetricsSnapshot& now) {
         return by_source(now.webhooks, &WebhooksSnapshot::deliveries);
       }},
      {"praxisync_webhook_events_total",
       MetricType::Counter,
       {"source", "kind"},
       "New events since the inbox was made, by the sender's name for them.",
       [](const MetricsSnapshot& now) {
         return by_source(now.webhooks, &WebhooksSnapshot::events);
       }},
  };
}

Samples by_class(double reads, double writes) { return {{{"read"}, reads}, {{"write"}, writes}}; }

std::vector<Metric> request_metrics() {
  return {
      {"praxisync_assess_requests_total",
       MetricType::Counter,
       {"class"},
       "Requests to the Assess API by finished runs.",
       [](const MetricsSnapshot& now) {
         return by_class(static_cast<double>(total_of(now.totals.assess, "reads")),
                         static_cast<double>(total_of(now.totals.assess, "writes")));
       }},
      {"praxisync_assess_throttled_requests_total",
       MetricType::Counter,
       {},
       "Of them, those answered with 429.",
       [](const MetricsSnapshot& now) { return one(total_of(now.totals.assess, "throttled")); }},
      {"praxisync_assess_requests_left",
       MetricType::Gauge,
       {"class"},
       "Requests to the Assess API that this hour still allows, without the reserve.",
       [](const MetricsSnapshot& now) {
         return by_class(now.reads.left(http::Draw::Work), now.writes.left(http::Draw::Work));
       }},
      {"praxisync_assess_requests_limit",
       MetricType::Gauge,
       {"class"},
       "Requests to the Assess API that any hour allows.",
       [](const MetricsSnapshot& now) { return by_class(now.reads.limit, now.writes.limit); }},
      {"praxisync_ats_requests_total",
       MetricType::Counter,
       {"connector"},
       "Requests to each ATS by finished runs.",
       [](const MetricsSnapshot& now) { return by_label(now.totals.ats_requests); }},
      {"praxisync_ats_throttled_requests_total",
       MetricType::Counter,
       {"connector"},
       "Of them, those answered with 429.",
       [](const MetricsSnapshot& now) { return by_label(now.totals.ats_throttled); }},
      {"praxisync_quota_invitations_left",
       MetricType::Gauge,
       {},
       "Invitations that the month's quota still allows, as last read.",
       [](const MetricsSnapshot& now) { return if_any(now.totals.quota, "remaining"); }},
      {"praxisync_quota_invitations_limit",
       MetricType::Gauge,
       {},
       "Invitations that the plan allows in a month.",
       [](const MetricsSnapshot& now) { return if_any(now.totals.quota, "limit"); }},
  };
}

std::vector<Metric> metrics() {
  std::vector<Metric> all = run_metrics();
  for (std::vector<Metric>& more :
       std::vector{work_metrics(), webhook_metrics(), request_metrics()})
    for (Metric& metric : more) all.push_back(std::move(metric));
  return all;
}

prometheus::MetricFamily family_of(const Metric& metric, const MetricsSnapshot& now) {
  prometheus::MetricFamily family{metric.name, metric.help, metric.type, {}};
  for (const Sample& sample : metric.samples(now)) {
    prometheus::ClientMetric& added = family.metric.emplace_back();
    for (std::size_t i = 0; i < metric.labels.size(); ++i)
      added.label.push_back({metric.labels[i], sample.labels[i]});
    (metric.type == MetricType::Counter ? added.counter.value : added.gauge.value) = sample.value;
  }
  return family;
}

}  // namespace

std::vector<MetricDescription> metric_descriptions() {
  std::vector<MetricDescription> all;
  for (const Metric& metric : metrics()) {
    all.push_back({metric.name, metric.type == MetricType::Counter ? "counter" : "gauge",
                   metric.labels, metric.help});
  }
  return all;
}

std::string metrics_text(const MetricsSnapshot& snapshot) {
  std::vector<prometheus::MetricFamily> families;
  for (const Metric& metric : metrics()) {
    if (auto family = family_of(metric, snapshot); !family.metric.empty())
      families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace praxisync::report
