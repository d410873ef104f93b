using Governance.Audit.Serving;
using Governance.Registry.Versions;

namespace Governance.Audit.Tests.Serving;

public sealed class ResponseCacheTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private readonly SteppedTime time = new();
    private readonly ModelVersionId version = ModelVersionId.New();

    [Fact]
    public void What_is_kept_is_found_until_its_time_is_over()
    {
        ResponseCache<string> cache = new(time);
        cache.Keep(version, "row", "answer", 100, Life, 1_000);

        time.Seconds = 9.9;
        Assert.Equal("answer", cache.Find(version, "row"));
        Assert.Null(cache.Find(ModelVersionId.New(), "row"));
        time.Seconds = 10;
        Assert.Null(cache.Find(version, "row"));
        Assert.Equal(0, cache.BytesOf(version));
    }

    [Fact]
    public void The_one_unused_for_longest_makes_room_and_the_bytes_are_never_passed()
    {
        ResponseCache<string> cache = new(time);
        cache.Keep(version, "a", "1", 400, Life, 1_000);
        cache.Keep(version, "b", "2", 400, Life, 1_000);
        Assert.NotNull(cache.Find(version, "a"));

        cache.Keep(version, "c", "3", 400, Life, 1_000);

        Assert.Equal(["1", null, "3"], new[] { "a", "b", "c" }.Select(key => cache.Find(version, key)));
        Assert.Equal(800, cache.BytesOf(version));
    }

    [Fact]
    public void Nothing_is_kept_for_no_time_or_beyond_all_bytes_and_a_version_can_be_forgotten()
    {
        ResponseCache<string> cache = new(time);
        cache.Keep(version, "a", "1", 100, TimeSpan.Zero, 1_000);
        cache.Keep(version, "b", "2", 1_001, Life, 1_000);
        cache.Keep(version, "c", "3", 100, Life, 1_000);
        cache.Keep(version, "c", "4", 200, Life, 1_000);

        Assert.Equal([null, null, "4"], new[] { "a", "b", "c" }.Select(key => cache.Find(version, key)));
        Assert.Equal(200, cache.BytesOf(version));
        cache.Forget(version);
        Assert.Null(cache.Find(version, "c"));
    }
}
