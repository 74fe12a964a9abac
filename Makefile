# hmapview: build, run, test, install. `make help` lists the targets.

VERSION := 0.2.0
DATE := November 27, 2026
PREFIX ?= /usr/local
BUILD ?= build
CC ?= cc

# What Debian calls what this needs: to build, to run the tests, and for `make check`.
PACKAGES := gcc libc6-dev pkg-config libncurses-dev libtermkey-dev libiniparser-dev libjansson-dev \
	libdw-dev libelf-dev zlib1g-dev
TEST_PACKAGES := libcmocka-dev libvterm-dev
STATIC_PACKAGES := libunibilium-dev libbz2-dev liblzma-dev
CHECK_PACKAGES := $(STATIC_PACKAGES) clang libclang-rt-dev golang-go qemu-user zsh fish perl man-db mandoc

FEATURES := -D_GNU_SOURCE
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wformat=2
OPT ?= -O2 -g
SAN ?=
WERROR ?=
PKG_CONFIG ?= pkg-config
LIBS := ncursesw termkey jansson libdw libelf zlib

CPPFLAGS += -I. $(FEATURES) -DHMAPVIEW_VERSION='"$(VERSION)"' -DHMAPVIEW_DATE='"$(DATE)"' \
	$(shell $(PKG_CONFIG) --cflags-only-I $(LIBS) 2>/dev/null)
COMPILE = $(CC) $(CPPFLAGS) -std=c11 $(OPT) $(WARN) $(WERROR) $(SAN) $(CFLAGS)
LINK = $(CC) $(OPT) $(SAN) $(CFLAGS) $(LDFLAGS)
# iniparser has no .pc file.
LDLIBS = $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null) -liniparser -lm
TEST_LDLIBS := -lcmocka -lvterm -lutil

# V=1 shows whole commands, -s shows nothing.
say = $(if $(V),,@$(if $(findstring s,$(firstword -$(MAKEFLAGS))),,printf '%-5s %s\n' $(1) $(@:$(BUILD)/%=%);))

objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
LIBRARY := $(call objects,$(filter-out tui/main.c,$(wildcard model/*/*.c model/*/*/*.c config/*.c themes/*.c tui/*/*.c tui/*/*/*.c))) \
	$(BUILD)/carried.o $(BUILD)/manual_text.o
TEST_FOLDERS ?= *
TEST_SOURCES := $(foreach d,$(TEST_FOLDERS),$(wildcard tests/$d/test_*.c))
TESTS := $(patsubst %.c,$(BUILD)/%,$(TEST_SOURCES))
TEST_HELPERS := $(call objects,$(filter-out $(wildcard tests/*/test_*.c) \
	$(wildcard tests/bench/*.c tests/failing/*.c tests/fuzz/*.c),$(wildcard tests/*/*.c)))
FAILING := $(BUILD)/tests/failing.so
PROGRAM := $(BUILD)/hmapview

all: have $(PROGRAM) ## build the program

$(PROGRAM): $(BUILD)/tui/main.o $(LIBRARY)
	$(call say,LINK) $(LINK) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) $(COMPILE) $(PLACE) -MMD -MP -c -o $@ $<

# What the program carries inside itself.
CARRIED := $(wildcard themes/*.ini tui/scenes/*.hm tui/cli/complete.*) config/hmapview.ini
$(BUILD)/carried.c: .package/carry $(CARRIED)
	@mkdir -p $(@D)
	$(call say,CARRY) .package/carry $(CARRIED) > $@.new
	@mv $@.new $@

# The manual's own words.
PROSE := $(addprefix tui/cli/,manual.mdoc manual_options.mdoc manual_commands.mdoc)
$(BUILD)/manual_text.c: .package/prose $(PROSE)
	@mkdir -p $(@D)
	$(call say,PROSE) .package/prose $(PROSE) > $@.new
	@mv $@.new $@

$(BUILD)/carried.o $(BUILD)/manual_text.o: $(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags
	$(call say,CC) $(COMPILE) -MMD -MP -c -o $@ $<

$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(TEST_HELPERS) $(LIBRARY)
	$(call say,LINK) $(LINK) -o $@ $^ $(LDLIBS) $(TEST_LDLIBS)

# To be preloaded: no sanitizer goes before or behind it.
$(FAILING): tests/failing/failing.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK) $(CC) $(FEATURES) -std=c11 $(OPT) $(WARN) $(WERROR) -shared -fPIC -o $@ $< -ldl

$(BUILD)/bench: $(call objects,$(wildcard tests/bench/*.c)) $(LIBRARY)
	$(call say,LINK) $(LINK) -o $@ $^ $(LDLIBS) -lutil

# Another compiler or other flags: everything is built anew.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE)' | cmp -s - $@ || echo '$(COMPILE)' > $@

# Another PREFIX: only what names the folder of themes and scenes.
PLACED := $(call objects,$(shell grep -ls HMAPVIEW_SHARE config/*.c tui/*.c tui/*/*.c))
$(PLACED): PLACE = -DHMAPVIEW_SHARE='"$(PREFIX)/share/hmapview"'
$(PLACED): $(BUILD)/prefix
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@

# Plain make installs nothing; it names what is missing.
have:
	@.package/get --name $(PACKAGES)

get:
	@.package/get $(PACKAGES)

get-test:
	@.package/get $(PACKAGES) $(TEST_PACKAGES)

get-check:
	@.package/get $(PACKAGES) $(TEST_PACKAGES) $(CHECK_PACKAGES)

# With what the program ends, make ends: where it is is said in any case.
run: get ## install what is missing, build, open the screen
	@.package/build $(MAKE) all
	@$(PROGRAM); status=$$?; echo "The program is $(PROGRAM); sudo make install puts it," \
		"its manual and completion below $(PREFIX)."; exit $$status

test: get-test ## install what is missing, build, run all tests
	@.package/build $(MAKE) tests-built
	@$(MAKE) -s test-only

tests-built: $(PROGRAM) $(TESTS) $(FAILING)

test-only: tests-built
	@tests/run $(BUILD) $(TESTS)

# What has to hold before anything lands: warnings are errors, with two compilers; all tests
# under the sanitizers, leaks included; the layers keep their order.
# Of the allocations, each of so many in every format fails; `make allocations` tries them all.
ALLOCATIONS := 1000
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
check: get-check format layers widths headers ## warnings as errors, clang, sanitizers, all tests
	@$(MAKE) -s BUILD=$(BUILD)/strict WERROR=-Werror all tests-built
	@ALLOCATIONS=$(ALLOCATIONS) $(BUILD)/strict/tests/screen/test_allocations
	@$(MAKE) -s BUILD=$(BUILD)/sanitize WERROR=-Werror OPT='-O1 -g' SAN='$(SANITIZE)' \
		all test-only
	@$(MAKE) -s BUILD=$(BUILD)/undefined WERROR=-Werror CC=clang OPT='-O1 -g' \
		SAN='-fsanitize=undefined -fno-sanitize-recover=all' TEST_FOLDERS='model tui' \
		all test-only

allocations: get-test ## each of the first 10,000 allocations fails once, in every format
	@$(MAKE) -s all $(BUILD)/tests/screen/test_allocations $(FAILING)
	@ALLOCATIONS=all $(BUILD)/tests/screen/test_allocations

layers: ## each folder sees only those below it; no struct has too many members
	@tests/layers
	@tests/members

# What is written by hand: no blanks at ends, tabs, 100 columns.
format:
	@tests/format $$(find model config themes tui tests .package .ci README.md Makefile -type f \
		\( -name '*.[ch]' -o -name '*.hm' -o -name '*.ini' -o -name '*.md' -o -name '*.mdoc' \
		-o -path '.package/*' -o -name run -o -name Makefile \))

# The widths of characters are what Unicode says; without --check it writes them anew.
widths:
	@tests/widths --check

# Each header compiles alone.
HEADERS := $(filter-out %_body.h,$(wildcard model/*/*.h model/*/*/*.h config/*.h themes/*.h \
	tui/*/*.h tui/*/*/*.h tests/*/*.h))
headers: $(HEADERS:%=$(BUILD)/%.o)

$(BUILD)/%.h.o: %.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,HEAD) $(COMPILE) -MMD -MP -x c -c -o $@ -include $< /dev/null

# Each target for so many seconds, by chance; what is found lies in $(BUILD)/fuzz, and belongs into
# the corpus. With a seed and a number of runs the same program takes the same inputs each time,
# however long that is: what it knows is the corpus alone, and nothing that it compares, as that
# may be an address. Runs are those of the screen, the slowest; the others have so many times as many.
FUZZ_TIME ?= 120
FUZZ_SEED ?= 0
FUZZ_RUNS ?= -1
FUZZ_TIMES_session := 10
FUZZ_TIMES_ini := 50
FUZZ_TIMES_value := 100
FUZZ_TIMES_markdown := 500
fuzz_runs = $(if $(filter -%,$(FUZZ_RUNS)),-1,$$(($(FUZZ_RUNS) * $(or $(FUZZ_TIMES_$1),1))))
FUZZ_SAME := $(if $(filter-out 0,$(FUZZ_SEED)),$(filter-out -%,$(FUZZ_RUNS)))
FUZZ_FOUND = $(BUILD)/fuzz/$(if $(FUZZ_SAME),seeded,found)
FUZZ_BOUNDS = -seed=$(FUZZ_SEED) $(if $(FUZZ_SAME),-use_cmp=0 -use_memmem=0 -reload=0, \
	-max_total_time=$(FUZZ_TIME))
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
$(FUZZERS:%=$(BUILD)/fuzz_%): $(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(LIBRARY)
	$(call say,LINK) $(LINK) -fsanitize=fuzzer -o $@ $(filter-out $(STANDS_FOR),$^) $(LDLIBS)
$(BUILD)/fuzz_screen: STANDS_FOR = $(BUILD)/tui/term/term.o

fuzzers: $(FUZZERS:%=$(BUILD)/fuzz_%)

fuzz: get-check ## bad input from clang's libFuzzer, FUZZ_TIME seconds or FUZZ_RUNS for each kind
	@$(MAKE) -s BUILD=$(BUILD)/fuzz CC=clang OPT='-O1 -g' \
		SAN='$(SANITIZE) -fsanitize=fuzzer-no-link' fuzzers
	@$(foreach f,$(FUZZERS),$(call fuzz_one,$f) &&) :

# Where what was found before is not to be known, it is taken away.
fuzz_one = echo "== fuzz $1" && $(if $(FUZZ_SAME),rm -rf $(FUZZ_FOUND)/$1 &&) \
	mkdir -p $(FUZZ_FOUND)/$1 && $(BUILD)/fuzz/fuzz_$1 $(FUZZ_BOUNDS) -runs=$(fuzz_runs) \
	-timeout=30 -rss_limit_mb=4096 -verbosity=0 -artifact_prefix=$(BUILD)/fuzz/ \
	$(FUZZ_FOUND)/$1 tests/fuzz/corpus/$1

ORACLE_COUNT ?= 10000
oracle: $(BUILD)/tests/model/test_recordings $(BUILD)/tests/model/test_types ## compare with fresh recordings of the real runtime
	tests/oracle/types/run $(BUILD)/tests/model/test_types
	tests/oracle/run $< $(ORACLE_COUNT)

# Of each design of the map one release.
LIVE_TESTS := $(patsubst %,$(BUILD)/tests/live/test_%,demo truth reach profile run tries writers)

live: $(PROGRAM) $(LIVE_TESTS) ## running Go programs of all link modes, where Go is
	@HMAPVIEW=$(PROGRAM) tests/live/matrix $(LIVE_TESTS)

BENCH_MOST ?= 10000000
BENCH_ORACLES := $(addprefix $(BUILD)/oracles/,1.19 1.27)
$(BENCH_ORACLES): FORCE
	@mkdir -p $(@D)
	@tests/oracle/build $@ $(@F)

# Where there is no Go it makes nothing, and a line says so.
bench-processes: FORCE
	@tests/bench/build $(BUILD)/oracles/processes 1.22 1.27

bench: $(PROGRAM) $(BUILD)/bench $(BENCH_ORACLES) bench-processes ## CPU time and memory beside the real runtime
	@$(BUILD)/bench $(PROGRAM) $(BUILD)/oracles $(BENCH_MOST)

# One file without shared libraries, to be copied to where nothing is installed.
STATIC := $(BUILD)/static/hmapview
STATIC_LIBS = $(shell $(PKG_CONFIG) --static --libs $(LIBS) 2>/dev/null) -lunibilium -liniparser -lm
static: have-static $(STATIC) ## one file without shared libraries, build/static/hmapview

have-static:
	@.package/get --ask $(PACKAGES) $(STATIC_PACKAGES)

$(STATIC): $(BUILD)/tui/main.o $(BUILD)/.package/trees.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LINK) $(LINK) -static -s -o $@ $^ -Wl,--start-group $(STATIC_LIBS) -Wl,--end-group

deb: all ## a package for Debian, in build
	@.package/deb $(MAKE) $(BUILD) $(VERSION)

# What the program tells about itself. Of the scenes and themes it names those of this folder.
DOCS := man bash zsh fish
$(DOCS:%=$(BUILD)/doc/%): $(BUILD)/doc/%: $(PROGRAM) $(wildcard tui/scenes/*.hm themes/*.ini)
	@mkdir -p $(@D)/hmapview
	@ln -sfn $(CURDIR)/tui/scenes $(@D)/hmapview/scenes
	@ln -sfn $(CURDIR)/themes $(@D)/hmapview/themes
	$(call say,DOC) XDG_CONFIG_HOME=$(abspath $(@D)) $(PROGRAM) --print $* > $@.new
	@mv $@.new $@

# What is installed: each file, and what it is made from.
THEMES := $(wildcard themes/*.ini)
SCENES := $(wildcard tui/scenes/*.hm)
ROOT = $(DESTDIR)$(PREFIX)
MANUAL := share/man/man1/hmapview.1
COMPLETIONS := share/bash-completion/completions/hmapview share/zsh/site-functions/_hmapview \
	share/fish/vendor_completions.d/hmapview.fish
SHARED := hmapview.ini $(THEMES) $(SCENES:tui/%=%)
INSTALLED := bin/hmapview $(MANUAL) $(COMPLETIONS) $(SHARED:%=share/hmapview/%)
# Debian's fish looks below /usr/local only where XDG_DATA_DIRS says so; this is for what a
# machine's owner adds.
FISH_TOO = $(if $(filter /usr/local,$(PREFIX)),$(DESTDIR)/etc/fish/completions/hmapview.fish)

install: all $(DOCS:%=$(BUILD)/doc/%) ## install below PREFIX (/usr/local), under DESTDIR
	install -Dm755 $(PROGRAM) $(ROOT)/bin/hmapview
	install -Dm644 $(BUILD)/doc/man $(ROOT)/$(MANUAL)
	install -Dm644 $(BUILD)/doc/bash $(ROOT)/$(word 1,$(COMPLETIONS))
	install -Dm644 $(BUILD)/doc/zsh $(ROOT)/$(word 2,$(COMPLETIONS))
	install -Dm644 $(BUILD)/doc/fish $(ROOT)/$(word 3,$(COMPLETIONS))
	install -d $(ROOT)/share/hmapview/themes $(ROOT)/share/hmapview/scenes
	install -m644 $(THEMES) $(ROOT)/share/hmapview/themes
	install -m644 $(SCENES) $(ROOT)/share/hmapview/scenes
	install -m644 config/hmapview.ini $(ROOT)/share/hmapview/hmapview.ini
	$(if $(FISH_TOO),mkdir -p $(dir $(FISH_TOO)) && \
		ln -sfn $(PREFIX)/$(word 3,$(COMPLETIONS)) $(FISH_TOO) || \
		echo "fish finds its completion where XDG_DATA_DIRS names $(PREFIX)/share")

# Files that somebody added stay, and with them their folder.
uninstall: ## take away what install put there, and nothing else
	rm -f $(INSTALLED:%=$(ROOT)/%) $(FISH_TOO)
	for d in share/hmapview/themes share/hmapview/scenes share/hmapview; do \
		[ ! -d $(ROOT)/$$d ] || rmdir --ignore-fail-on-non-empty $(ROOT)/$$d; done

# The sources in one file, the same bytes for the same commit on every machine. What is packed
# is what git knows of; without git, all but what was built.
TARBALL := $(BUILD)/hmapview-$(VERSION).tar.gz
SOURCES = { git ls-files -z --error-unmatch . 2>/dev/null || \
	find . \( -path ./build -o -path ./.git \) -prune -o -type f -printf '%P\0'; }
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null | grep . || \
	stat -c %Y Makefile)
dist: ## the sources as a tarball, in build
	@mkdir -p $(BUILD)
	@$(SOURCES) | LC_ALL=C sort -z | tar --create --null --files-from=- --format=ustar \
		--mtime=@$(SOURCE_DATE_EPOCH) --owner=0 --group=0 --numeric-owner \
		--mode=u+rw,go=rX --transform='s,^,hmapview-$(VERSION)/,' | gzip -9n > $(TARBALL).new
	@mv $(TARBALL).new $(TARBALL)
	@echo $(TARBALL)

dist-check: dist ## the tarball builds, installs, runs and uninstalls on its own
	@tests/dist/check $(TARBALL)

clean: ## remove what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

FORCE:
.PHONY: all static have-static deb fuzz fuzzers have get get-test get-check run test tests-built test-only check format layers widths headers allocations oracle live bench bench-processes install \
	uninstall dist dist-check clean help FORCE
.SECONDARY:

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d $(BUILD)/*/*/*.d $(BUILD)/*/*/*/*.d)
