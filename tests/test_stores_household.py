"""What every store keeps for the house: published courses, secrets, leases."""

from dataclasses import replace

import pytest

from lessons.course import Course
from lessons.ports import Store
from tests.stores_desk import NOW, after


class TestCourses:
    COURSE = Course("c6", 1, {"vi": "AI"}, (), files={"course.md": "# AI", "l1.md": "Bài 1 😀"})

    async def test_a_version_is_published_once(self, store: Store) -> None:
        assert await store.course_versions() == []
        assert await store.publish(self.COURSE, NOW)
        assert not await store.publish(self.COURSE, NOW)
        assert await store.publish(replace(self.COURSE, version=2, files={"x": "y"}), NOW)
        assert await store.course_versions() == [("c6", 1), ("c6", 2)]
        assert await store.course_files("c6", 1) == self.COURSE.files

    async def test_a_published_version_never_changes(self, store: Store) -> None:
        await store.publish(self.COURSE, NOW)
        with pytest.raises(ValueError, match="give this one version 2"):
            await store.publish(replace(self.COURSE, files={"course.md": "other"}), NOW)
        assert await store.course_files("c6", 1) == self.COURSE.files

    async def test_an_unknown_course_has_no_files(self, store: Store) -> None:
        with pytest.raises(KeyError):
            await store.course_files("c6", 9)


class TestHousehold:
    async def test_a_secret_stays(self, store: Store) -> None:
        assert await store.secret("web", "first") == "first"
        assert await store.secret("web", "second") == "first"
        assert await store.secret("other", "second") == "second"

    async def test_one_holds_a_lease(self, store: Store) -> None:
        assert await store.lease("serve", "one", NOW, after(1))
        assert not await store.lease("serve", "two", after(0.5), after(2))
        assert await store.lease("serve", "one", after(0.5), after(2))
        assert not await store.lease("serve", "two", after(1.5), after(3))
        assert await store.lease("serve", "two", after(2), after(3))
        assert await store.lease("other", "one", NOW, after(1))

    async def test_a_lease_is_given_back_by_its_owner(self, store: Store) -> None:
        await store.lease("serve", "one", NOW, after(1))
        await store.release("serve", "two")
        assert not await store.lease("serve", "two", NOW, after(1))
        await store.release("serve", "one")
        assert await store.lease("serve", "two", NOW, after(1))
