"""Where stored files lie: below MEDIA_ROOT, or in a store that speaks S3, which several machines reach alike."""

from typing import Any

import environ


def file_storage(env: environ.Env) -> dict[str, Any]:
    """The storage that the environment names, as an entry of STORAGES.

    Keys are those that boto3 finds by itself: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of the machine.
    """
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "bucket_name": bucket,
        # Other stores than Amazon's have an address of their own.
        "endpoint_url": env.str("S3_ENDPOINT", default="") or None,
        "region_name": env.str("S3_REGION", default="") or None,
        # Two files of one name are two files, as they are on a disk.
        "file_overwrite": False,
        "default_acl": "private",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
