#include "modules.h"

#include <dlfcn.h>

#include <cctype>
#include <cstdlib>
#include <tuple>

#include "report.h"

namespace standIn {

namespace {

// Kernels of the tests themselves serve modules of any architecture.
constexpr int anyArchitecture = 0;

// Name, architecture, whether checked.
using Key = std::tuple<std::string, int, bool>;

std::map<Key, Kernel>& kernels() {
  static std::map<Key, Kernel>* const instance = new std::map<Key, Kernel>;
  return *instance;
}

struct Folders {
  std::string plain;
  std::string checked;
};

// The folder of the library that has this function: kernels lie beside it unless somebody says else.
std::string ownFolder() {
  Dl_info info;
  if (dladdr(reinterpret_cast<void*>(&ownFolder), &info) == 0 || info.dli_fname == nullptr) {
    return "";
  }
  const std::string file = info.dli_fname;
  return file.substr(0, file.rfind('/') + 1);
}

Folders& folders() {
  static Folders* const instance = new Folders{ownFolder(), ""};
  return *instance;
}

bool wantsChecks() { return driver().settings.checks != 0; }

void loadLibrary(const std::string& path) {
  static std::map<std::string, void*> loaded;
  void*& library = loaded[path];
  if (library == nullptr) {
    library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      report(dlerror());
    }
  }
}

// Kernels are compiled for each architecture that there is PTX for, and once more with checks.
void loadKernels(int architecture) {
  const std::string& folder = wantsChecks() ? folders().checked : folders().plain;
  if (folder.empty()) {
    return;
  }
  loadLibrary(folder + "kernels_sm" + std::to_string(architecture) + ".so");
  if (wantsChecks()) {
    loadLibrary(folder + "own.so");
  }
}

// The newest text that a driver of a CUDA version reads, 10 · major + minor.
int newestText(long long driverVersion) {
  const long long version = driverVersion / 10;
  if (version >= 1300) {
    return static_cast<int>(90 + (version - 1300));
  }
  if (version >= 1200) {
    return static_cast<int>(80 + (version - 1200));
  }
  return static_cast<int>(70 + (version - 1100));
}

unsigned numberAfter(const std::string& text, const char* word, std::size_t from, std::size_t to) {
  const std::size_t found = text.find(word, from);
  return found == std::string::npos || found > to
             ? 0
             : static_cast<unsigned>(std::strtoul(text.c_str() + found + std::string(word).size(), nullptr, 10));
}

// Bytes of ".param .u64 name" or ".param .align 8 .b8 name[24]".
unsigned bytesOf(const std::string& declaration) {
  const std::size_t bracket = declaration.find('[');
  const unsigned count =
      bracket == std::string::npos ? 1 : static_cast<unsigned>(std::atoi(declaration.c_str() + bracket + 1));
  for (const unsigned bits : {8u, 16u, 32u, 64u}) {
    for (const char kind : {'u', 's', 'b', 'f'}) {
      if (declaration.find(std::string(" .") + kind + std::to_string(bits) + " ") != std::string::npos) {
        return bits / 8 * count;
      }
    }
  }
  return 0;
}

Entry readEntry(const std::string& text, std::size_t parameters, std::size_t body) {
  Entry entry;
  entry.mostThreads = numberAfter(text, ".maxntid", parameters, body);
  entry.cluster = numberAfter(text, ".reqnctapercluster", parameters, body);
  const std::size_t end = text.find(')', parameters);
  for (std::size_t next = text.find(".param", parameters); next < end; next = text.find(".param", next + 1)) {
    entry.parameterBytes.push_back(bytesOf(text.substr(next, text.find_first_of(",\n)", next) - next) + " "));
  }
  return entry;
}

Code compare(const std::string& name, const Entry& entry, int architecture, std::string& log) {
  const Kernel* kernel = findKernel(name, architecture);
  if (kernel == nullptr) {
    log = "entry " + name + " has no kernel in the sources; make the PTX again";
    return Code::invalidPtx;
  }
  bool same = kernel->parameters.size() == entry.parameterBytes.size();
  for (std::size_t i = 0; same && i < entry.parameterBytes.size(); i++) {
    same = kernel->parameters[i].bytes == entry.parameterBytes[i];
  }
  if (!same) {
    log = "entry " + name + " has other parameters than the kernel in the sources; make the PTX again";
    return Code::invalidPtx;
  }
  return Code::success;
}

}  // namespace

void useKernels(const std::string& plain, const std::string& checked) { folders() = {plain, checked}; }

void registerKernel(Kernel kernel, int architecture) {
  kernels()[{kernel.name, architecture / 10, kernel.checked}] = std::move(kernel);
}

const Kernel* findKernel(const std::string& name, int architecture) {
  const auto found = kernels().find({name, architecture, wantsChecks()});
  if (found != kernels().end()) {
    return &found->second;
  }
  const auto own = kernels().find({name, anyArchitecture, wantsChecks()});
  return own == kernels().end() ? nullptr : &own->second;
}

Code readModule(const std::string& text, Module& module, std::string& log) {
  const Settings& settings = driver().settings;
  const std::size_t version = text.find("\n.version ");
  const std::size_t target = text.find("\n.target sm_");
  if (version == std::string::npos || target == std::string::npos) {
    log = "the image is no PTX: no .version or no .target";
    return Code::invalidImage;
  }
  const std::string declared = text.substr(version + 10, 3);
  const int number = 10 * std::atoi(declared.c_str()) + std::atoi(declared.c_str() + declared.find('.') + 1);
  if (number > newestText(settings.driverVersion)) {
    log = "PTX .version " + declared + " is newer than the driver";
    return Code::unsupportedPtxVersion;
  }
  module.architecture = std::atoi(text.c_str() + target + 12);
  if (module.architecture > settings.capability) {
    log = "PTX for sm_" + std::to_string(module.architecture) + ", the device has sm_" +
          std::to_string(settings.capability);
    return Code::noBinaryForGpu;
  }
  loadKernels(module.architecture);
  const std::string word = ".entry ";
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t start = at + word.size();
    std::size_t end = start;
    while (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_') {
      end++;
    }
    const std::string name = text.substr(start, end - start);
    const Entry entry = readEntry(text, end, text.find('{', end));
    if (const Code code = compare(name, entry, module.architecture, log); code != Code::success) {
      return code;
    }
    module.entries[name] = entry;
  }
  return Code::success;
}

const char* textOfOwnKernels() {
  static std::string text;
  text = "// The stand-in's own kernels.\n.version 7.0\n.target sm_75\n.address_size 64\n";
  for (const auto& [key, kernel] : kernels()) {
    const auto& [name, architecture, checked] = key;
    if (architecture == anyArchitecture && !checked) {
      text += ".visible .entry " + name + "(\n";
      for (std::size_t i = 0; i < kernel.parameters.size(); i++) {
        text += i == 0 ? "" : ",\n";
        text += "\t.param .b8 " + name + "_param_" + std::to_string(i) + "[" +
                std::to_string(kernel.parameters[i].bytes) + "]";
      }
      text += "\n)\n{\n\tret;\n}\n";
    }
  }
  return text.c_str();
}

}  // namespace standIn
