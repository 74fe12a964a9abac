# hmapview: build, run, test, install. `make help` lists the targets.

VERSION := 0.1.0
PREFIX ?= /usr/local
BUILD ?= build
CC ?= cc

# What Debian calls what this needs: to build, to run the tests, and for `make check`.
PACKAGES := gcc libc6-dev pkg-config libncurses-dev libtermkey-dev libiniparser-dev libjansson-dev
TEST_PACKAGES := libcmocka-dev libvterm-dev
CHECK_PACKAGES := clang libclang-rt-14-dev golang-go

FEATURES := -D_GNU_SOURCE
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wformat=2
OPT ?= -O2 -g
SAN ?=
WERROR ?=
PKG_CONFIG ?= pkg-config
LIBS := ncursesw termkey jansson

CPPFLAGS += -I. $(FEATURES) -DHMAPVIEW_VERSION='"$(VERSION)"' \
	-DHMAPVIEW_SHARE='"$(PREFIX)/share/hmapview"' \
	$(shell $(PKG_CONFIG) --cflags-only-I $(LIBS) 2>/dev/null)
COMPILE = $(CC) $(CPPFLAGS) -std=c11 $(OPT) $(WARN) $(WERROR) $(SAN) $(CFLAGS)
LINK = $(CC) $(OPT) $(SAN) $(CFLAGS) $(LDFLAGS)
# iniparser has no .pc file.
LDLIBS = $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null) -liniparser -lm
TEST_LDLIBS := -lcmocka -lvterm -lutil

# V=1 shows whole commands, -s shows nothing.
say = $(if $(V),,@$(if $(findstring s,$(firstword -$(MAKEFLAGS))),,printf '%-5s %s\n' $(1) $(@:$(BUILD)/%=%);))

objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
LIBRARY := $(call objects,$(filter-out tui/main.c,$(wildcard model/*.c config/*.c themes/*.c tui/*.c)))
TEST_SOURCES := $(wildcard tests/*/test_*.c)
TESTS := $(patsubst %.c,$(BUILD)/%,$(TEST_SOURCES))
TEST_HELPERS := $(call objects,$(filter-out $(TEST_SOURCES) $(wildcard tests/bench/*.c),$(wildcard tests/*/*.c)))
PROGRAM := $(BUILD)/hmapview

all: have $(PROGRAM) ## build the program

$(PROGRAM): $(BUILD)/tui/main.o $(LIBRARY)
	$(call say,LINK) $(LINK) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) $(COMPILE) -MMD -MP -c -o $@ $<

$(TESTS): $(BUILD)/%: $(BUILD)/%.o $(TEST_HELPERS) $(LIBRARY)
	$(call say,LINK) $(LINK) -o $@ $^ $(LDLIBS) $(TEST_LDLIBS)

$(BUILD)/bench: $(BUILD)/tests/bench/bench.o
	$(call say,LINK) $(LINK) -o $@ $^ $(LDLIBS) -lutil

# Another compiler or other flags: everything is built anew.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE)' | cmp -s - $@ || echo '$(COMPILE)' > $@

# Plain make installs nothing; it names what is missing.
missing = for p in $(1); do \
	dpkg-query -W -f '$${Status}\n' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done

have:
	@command -v dpkg-query >/dev/null 2>&1 || exit 0; lacking=$$($(call missing,$(PACKAGES))); \
	[ -z "$$lacking" ] || { echo "These packages are missing:" $$lacking; \
	echo "make run and make test install them; or: sudo apt-get install" $$lacking; exit 1; }

# Installs the packages that are missing and says so; by sudo when this is not root.
install-packages = @lacking=$$($(call missing,$(1))); [ -z "$$lacking" ] || { \
	echo "Installing" $$lacking; sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$lacking; }

get:
	$(call install-packages,$(PACKAGES))

get-test:
	$(call install-packages,$(PACKAGES) $(TEST_PACKAGES))

get-check:
	$(call install-packages,$(PACKAGES) $(TEST_PACKAGES) $(CHECK_PACKAGES))

run: get ## install what is missing, build, open the screen
	@$(MAKE) -s all
	@$(PROGRAM)

test: get-test ## install what is missing, build, run all tests
	@$(MAKE) -s test-only

test-only: $(PROGRAM) $(TESTS)
	@failed=; for t in $(TESTS); do \
		echo "== $${t#$(BUILD)/}"; $$t || failed="$$failed $${t#$(BUILD)/}"; done; \
	[ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

# What has to hold before anything lands: warnings are errors, with two compilers; all tests
# under the sanitizers, leaks included; the layers keep their order.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
check: get-check layers ## warnings as errors, clang, sanitizers, all tests
	@$(MAKE) -s BUILD=$(BUILD)/strict WERROR=-Werror all test-only
	@$(MAKE) -s BUILD=$(BUILD)/clang WERROR=-Werror CC=clang all
	@$(MAKE) -s BUILD=$(BUILD)/sanitize WERROR=-Werror OPT='-O1 -g' SAN='$(SANITIZE)' \
		all test-only

layers:
	@! grep -nE '#include "(tui|themes|config)/' model/*.[ch]
	@! grep -nE '#include "(tui|themes|model/[^em])' config/*.[ch]
	@[ "$$(grep -lE '#include <(n?curses|ncursesw/)' -r model config themes tui | wc -l)" = 1 ]
	@[ "$$(grep -l '#include <termkey' -r model config themes tui | wc -l)" = 1 ]
	@[ "$$(grep -l '#include <iniparser' -r model config themes tui | wc -l)" = 1 ]

ORACLE_COUNT ?= 10000
oracle: $(BUILD)/tests/model/test_recordings ## compare with fresh recordings of the real runtime
	tests/oracle/run $< $(ORACLE_COUNT)

BENCH_MOST ?= 10000000
bench: $(PROGRAM) $(BUILD)/bench ## CPU time and memory beside the real runtime
	@tests/oracle/build $(BUILD)/oracle && $(BUILD)/bench $(PROGRAM) $(BUILD)/oracle $(BENCH_MOST)

install: all ## install below PREFIX (/usr/local), under DESTDIR
	install -Dm755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/hmapview
	install -d $(DESTDIR)$(PREFIX)/share/hmapview/themes
	install -m644 themes/*.ini $(DESTDIR)$(PREFIX)/share/hmapview/themes
	install -d $(DESTDIR)$(PREFIX)/share/hmapview/scenes
	install -m644 tui/scenes/*.hm $(DESTDIR)$(PREFIX)/share/hmapview/scenes
	install -Dm644 config/hmapview.ini $(DESTDIR)$(PREFIX)/share/hmapview/hmapview.ini

uninstall: ## take away what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/hmapview
	rm -rf $(DESTDIR)$(PREFIX)/share/hmapview

clean: ## remove what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

FORCE:
.PHONY: all have get get-test get-check run test test-only check layers oracle bench install \
	uninstall clean help FORCE
.SECONDARY:

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)
