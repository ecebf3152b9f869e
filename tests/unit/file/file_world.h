/// A file connector on a scratch folder, as the tests of this folder use it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "connectors/file/file.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"
#include "support/scratch_folder.h"

namespace praxisync::file {

/// The file connector has no use for the network.
class NoTransport final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request&) override {
    return Error{ErrorKind::Fatal, "the file connector went to the network"};
  }
};

/// All that a pull from `cursor` to the end gives.
struct Pulled {
  std::vector<Application> applications;
  std::vector<SetAside> set_aside;
  std::vector<Sweep> sweeps;  ///< one a page
  Cursor next;

  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const Application& application : applications) all.push_back(application.id.text());
    return all;
  }
};

class FileTest : public testing::Test {
 protected:
  connector::Settings settings(const std::string& path) const {
    connector::Settings made{ConnectorName("export")};
    made.set("path", (folder / path).string());
    return made;
  }

  std::unique_ptr<connector::Connector> make(const connector::Settings& with) {
    Result<std::unique_ptr<connector::Connector>> made = spec().make(with, {transport, clock});
    EXPECT_THAT(made, testing_support::IsOk());
    return made ? *std::move(made) : nullptr;
  }

  /// Pulls with a new connector for each page, as after a crash.
  Result<Pulled> pull_all(const connector::Settings& with, Cursor cursor = Cursor()) {
    Pulled pulled;
    for (int page_count = 0; page_count < 10'000; ++page_count) {
      Result<ApplicationPage> page = make(with)->pull(cursor);
      if (!page) return std::move(page).error();
      pulled.applications.insert(pulled.applications.end(), page->applications.begin(),
                                 page->applications.end());
      pulled.set_aside.insert(pulled.set_aside.end(), page->set_aside.begin(),
                              page->set_aside.end());
      pulled.sweeps.push_back(page->sweep);
      cursor = pulled.next = page->next;
      if (!page->more) return pulled;
    }
    return Error{ErrorKind::Fatal, "the pull does not end"};
  }

  /// As pull_all, which must not fail.
  Pulled pulled(const connector::Settings& with, const Cursor& cursor = Cursor()) {
    Result<Pulled> all = pull_all(with, cursor);
    EXPECT_THAT(all, testing_support::IsOk());
    return all ? *std::move(all) : Pulled{};
  }

  testing_support::ScratchFolder folder;
  testing_support::FakeClock clock;
  NoTransport transport;
};

/// `count` rows from `first` on under the usual header: "id,email,name,job,stage".
inline std::string export_of(int first, int count) {
  std::string text = "application_id,email,name,job,stage\n";
  for (int i = first; i < first + count; ++i) {
    const std::string id = std::to_string(i);
    text.append(id)
        .append(",p")
        .append(id)
        .append("@example.org,Person ")
        .append(id)
        .append(",Engineer,Test\n");
  }
  return text;
}

/// The rows of `export_of` without the header.
inline std::string rows_of(int first, int count) {
  const std::string text = export_of(first, count);
  return text.substr(text.find('\n') + 1);
}

}  // namespace praxisync::file
