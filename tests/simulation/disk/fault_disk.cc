#include "simulation/disk/fault_disk.h"

#include <algorithm>

#include "domain/check.h"
#include "simulation/disk/disk_calls.h"

namespace praxisync::testing_support {
namespace {

constexpr std::size_t kSector = 512;

std::string next_name() {
  static int made = 0;
  return "fault-disk-" + std::to_string(++made);
}

}  // namespace

const char* to_string(DiskFault fault) {
  switch (fault) {
    case DiskFault::Full:
      return "full";
    case DiskFault::IoError:
      return "I/O error";
    case DiskFault::Busy:
      return "busy";
    case DiskFault::ShortRead:
      return "short read";
  }
  return "";
}

FaultDisk::FaultDisk() : name_(next_name()) {
  vfs_ = DiskCalls::vfs(*this);
  PRAXISYNC_CHECK(sqlite3_vfs_register(&vfs_, 0) == SQLITE_OK, "a name of its own");
}

FaultDisk::~FaultDisk() { sqlite3_vfs_unregister(&vfs_); }

void FaultDisk::strike(DiskFault fault, int at, Lasting lasting) {
  fault_ = fault;
  strike_at_ = calls(fault) + at;
  lasting_ = lasting;
  struck_ = 0;
}

void FaultDisk::heal() { strike_at_ = -1; }

bool FaultDisk::strikes(DiskFault fault) {
  if (watch) watch(fault);
  const int number = calls_[static_cast<std::size_t>(fault)]++;
  if (fault != fault_ || strike_at_ < 0 || number < strike_at_) return false;
  if (lasting_ == Lasting::Once && number > strike_at_) return false;
  ++struck_;
  return true;
}

void FaultDisk::kill() {
  dead_ = true;
  ++life_;
  memory_.clear();
  for (const auto& [name, inode] : names_) {
    inode->shared = 0;
    inode->reserved = inode->pending = inode->exclusive = nullptr;
  }
}

void FaultDisk::restart() {
  dead_ = false;
  power_ends_at_ = -1;
}

void FaultDisk::lose_power_at_sync(int at, std::uint64_t seed) {
  power_ends_at_ = syncs_ + at;
  power_seed_ = seed;
}

void FaultDisk::lose_power(Random& random) {
  Names left;
  const auto take = [&](const std::string& name) {
    const auto now = names_.find(name);
    const auto before = synced_names_.find(name);
    const bool is = now != names_.end(), was = before != synced_names_.end();
    if (is && was && now->second == before->second) {
      left[name] = now->second;
    } else if (random.below(2) == 0) {
      if (is) left[name] = now->second;
    } else if (was) {
      left[name] = before->second;
    }
  };
  for (const auto& [name, inode] : names_) take(name);
  for (const auto& [name, inode] : synced_names_) {
    if (!names_.contains(name)) take(name);
  }
  Image image;
  for (const auto& [name, inode] : left) image[name] = torn(*inode, random);
  restore(image);
}

FaultDisk::Bytes FaultDisk::torn(const Inode& inode, Random& random) {
  Bytes bytes = inode.synced;
  // Some losses keep nearly everything, some nearly nothing.
  const std::uint64_t kept = random.below(101);
  for (const Change& change : inode.since) {
    if (change.bytes.empty()) {
      if (random.below(100) < kept) apply(bytes, change);
      continue;
    }
    for (std::size_t from = 0; from < change.bytes.size();) {
      const std::size_t place = static_cast<std::size_t>(change.at) + from;
      const std::size_t whole = std::min(kSector - place % kSector, change.bytes.size() - from);
      std::size_t landed = random.below(100) < kept ? whole : 0;
      if (random.below(8) == 0) landed = random.below(whole + 1);
      if (landed > 0) {
        const auto first = change.bytes.begin() + static_cast<std::ptrdiff_t>(from);
        apply(bytes, {static_cast<std::int64_t>(place),
                      Bytes(first, first + static_cast<std::ptrdiff_t>(landed))});
      }
      from += whole;
    }
  }
  return bytes;
}

void FaultDisk::apply(Bytes& bytes, const Change& change) {
  const auto at = static_cast<std::size_t>(change.at);
  if (change.bytes.empty()) {
    bytes.resize(at);
    return;
  }
  if (bytes.size() < at + change.bytes.size()) bytes.resize(at + change.bytes.size());
  std::ranges::copy(change.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

FaultDisk::Image FaultDisk::synced() const {
  Image image;
  for (const auto& [name, inode] : synced_names_) image[name] = inode->synced;
  return image;
}

FaultDisk::Image FaultDisk::image() const {
  Image image;
  for (const auto& [name, inode] : names_) image[name] = inode->now;
  return image;
}

void FaultDisk::restore(const Image& image) {
  kill();
  names_.clear();
  for (const auto& [name, bytes] : image) {
    auto inode = std::make_shared<Inode>();
    inode->now = inode->synced = bytes;
    names_[name] = std::move(inode);
  }
  synced_names_ = names_;
}

}  // namespace praxisync::testing_support
