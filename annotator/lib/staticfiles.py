"""Static files with a hash in the name, also inside plain ES modules."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleManifestStorage(ManifestStaticFilesStorage):
    """Rewrites `import` paths of ES modules too, so that the browser may cache every file for ever."""

    support_js_module_import_aggregation = True
    manifest_strict = False
