"""Static files under names that carry their hash, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also the modules that our own scripts import; other packages' scripts are left as they are."""

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "lab/js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
