#include "tui/app.h"
const struct config_names *app_names(void){static const struct config_names n; return &n;}
bool app_check(const struct config *c, struct error *err){(void)c;(void)err;return true;}
int app_run(struct session *s, const struct config *c, bool i, struct error *err){(void)s;(void)c;(void)i;fail(err,"no screen");return -1;}
