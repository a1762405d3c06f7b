// What the driver knows: settings, contexts, streams, modules and the rest, each by a handle that no
// longer works once its object has ended.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "grid.h"
#include "memory.h"

namespace standIn {

using Handle = std::uint64_t;

// Objects of one kind by handle. Handles of different kinds differ.
template <typename T>
class Table {
 public:
  explicit Table(Handle kind) : next_((kind << 32) + 1) {}

  template <typename... Arguments>
  Handle add(Arguments&&... arguments) {
    objects_[next_] = std::make_unique<T>(T{std::forward<Arguments>(arguments)...});
    return next_++;
  }
  T* find(Handle handle) {
    const auto found = objects_.find(handle);
    return found == objects_.end() ? nullptr : found->second.get();
  }
  bool remove(Handle handle) { return objects_.erase(handle) > 0; }
  std::size_t size() const { return objects_.size(); }
  std::map<Handle, std::unique_ptr<T>>& all() { return objects_; }

 private:
  std::map<Handle, std::unique_ptr<T>> objects_;
  Handle next_;
};

struct Context {
  int device = 0;
  int retained = 0;
  Code error = Code::success;
  std::set<Handle> peers = {};
};

// A place in a stream's work.
struct Mark {
  Handle stream;
  std::uint64_t count;
};

using Work = std::function<Code()>;

// Work of a graph, and the places of what must be done before it.
struct Node {
  Work work;
  std::vector<std::size_t> after;
};

struct Graph {
  Handle context = 0;
  std::vector<Node> nodes = {};
};

struct Capture {
  Handle origin = 0;
  std::thread::id thread = {};
  int mode = 0;
  bool invalid = false;
  std::vector<Node> nodes = {};
};

struct Stream {
  Handle context = 0;
  bool waitsForDefault = false;
  bool isDefault = false;
  std::deque<Work> work = {};
  std::uint64_t issued = 0;
  std::uint64_t done = 0;
  std::shared_ptr<Capture> capture = {};
  std::vector<std::size_t> latest = {};
};

struct Event {
  Handle context = 0;
  bool timed = false;
  bool recorded = false;
  Mark mark = {};
  double milliseconds = 0;
  std::shared_ptr<Capture> capture = {};
  std::vector<std::size_t> latest = {};
};

// What the text of a module says of a kernel.
struct Entry {
  std::vector<unsigned> parameterBytes = {};
  unsigned mostThreads = 0;  // where it says so
  unsigned cluster = 0;      // where it says so
};

struct Module {
  Handle context = 0;
  std::map<std::string, Entry> entries = {};
  int architecture = 0;
};

struct Function {
  Handle module = 0;
  const Kernel* kernel = nullptr;
  Entry entry = {};
  unsigned sharedBytes = 48 * 1024;
  bool largeClusters = false;
};

struct Executable {
  Handle context = 0;
  std::shared_ptr<const std::vector<Node>> nodes = {};
};

// A handle of cuBLAS.
struct Blas {
  Handle context = 0;
  Handle stream = 0;
  bool ownWorkspace = false;
};

struct Settings {
  long long devices = 2;
  long long driverVersion = 13000;
  long long capability = 90;
  long long memory = 4LL << 30;
  long long peers = 1;
  long long eager = 0;
  long long lastFirst = 0;
  long long checks = 0;
};

struct Failure {
  long long call;
  int code;
};

struct Driver {
  std::recursive_mutex lock;
  bool initialised = false;
  Settings settings;
  Memory memory;
  Table<Context> contexts{0x5e60};
  Table<Stream> streams{0x5e61};
  Table<Event> events{0x5e62};
  Table<Module> modules{0x5e63};
  Table<Function> functions{0x5e64};
  Table<Graph> graphs{0x5e65};
  Table<Executable> executables{0x5e66};
  Table<Blas> blas{0x5e67};
  std::map<int, Handle> primary;
  std::map<Handle, Handle> defaultStreams;
  std::map<std::string, long long> calls;
  std::map<std::string, Failure> failures;
  std::map<std::string, long long> counters;
};

STAND_IN_EXPORT Driver& driver();

// The context that is current on this thread, or 0.
STAND_IN_EXPORT Handle& currentContext();

// What a call needs.
enum class Needs {
  nothing,
  initialised,
  context,
  // Cannot be called while this thread captures: it would wait, or change memory.
  noCapture,
};

// Counts a call and says why it cannot be: an error asked for by a test, no context, an error that
// has come before.
STAND_IN_EXPORT Code enter(const char* call, Needs needs);

Context* context();

// A stream of the current context; 0, 1 and 2 name the default one. Null for what is none.
STAND_IN_EXPORT Stream* streamOf(Handle handle);

// Does work when the stream comes to it, or keeps it where the stream is captured.
STAND_IN_EXPORT Code submit(Stream& stream, Work work);

// Does a stream's work up to a mark, and what that waits for.
Code runUntil(Mark mark);

// Does all work of a context.
Code runAll(Handle context);

// Where a stream's work ends now.
Mark markOf(Stream& stream);
Handle handleOf(const Stream& stream);

// The capture of this thread that forbids calls that wait, or null.
STAND_IN_EXPORT Capture* forbiddingCapture();

// Runs a graph's nodes, of those that may run at once the youngest first.
Code runNodes(const std::vector<Node>& nodes);

}  // namespace standIn
