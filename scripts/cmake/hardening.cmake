# What is handed out to others: hardened after the OpenSSF's guide for compilers, and the same bytes from any folder.
# The list is also what `praxisync --version` tells and what scripts/check_hardening looks for in the binary.
option(PRAXISYNC_RELEASE "Harden the program, and build the same bytes wherever it is built" OFF)

set(PRAXISYNC_HARDENING "")
if(NOT PRAXISYNC_RELEASE)
  return()
endif()

include(CheckCXXCompilerFlag)

# harden(NAME FLAG...): the flags, where the compiler has them: some are of one kind of processor alone.
macro(harden NAME)
  string(MAKE_C_IDENTIFIER "HAVE_${NAME}" have)
  check_cxx_compiler_flag("${ARGN}" ${have})
  if(${have})
    add_compile_options(${ARGN})
    list(APPEND PRAXISYNC_HARDENING "${NAME}")
  endif()
endmacro()

# Some of Debian's compilers set a level of their own, and a second one would be a warning.
add_compile_options(-U_FORTIFY_SOURCE)
harden(fortify-3 -D_FORTIFY_SOURCE=3)
harden(checked-containers -D_GLIBCXX_ASSERTIONS)
harden(stack-protector -fstack-protector-strong)
harden(stack-clash-protection -fstack-clash-protection)
harden(control-flow-protection -fcf-protection=full)
harden(branch-protection -mbranch-protection=standard)
harden(zeroed-variables -ftrivial-auto-var-init=zero)

# There are no shared libraries of ours, so that all of it can be compiled for an executable.
add_compile_options(-fPIE)
add_link_options(-pie LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack LINKER:--as-needed)
list(APPEND PRAXISYNC_HARDENING pie relro bind-now no-exec-stack)

# Neither debug information nor a message may tell where it was built.
add_compile_options("-ffile-prefix-map=${PROJECT_BINARY_DIR}=build" "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.")
