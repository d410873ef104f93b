using Governance.Portal.Features.History;
using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Portal.Tests.History;

public sealed class VersionAtTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    // Submitted on the 2nd, sent back on the 3rd, submitted again on the 4th, approved on the 5th, suspended on the 8th.
    private static readonly (int Day, Stage To)[] Sequence =
        [(1, Stage.InReview), (2, Stage.ChangesRequested), (3, Stage.InReview), (4, Stage.Approved), (7, Stage.Suspended)];

    [Theory]
    [InlineData(0.0, Stage.Draft)]
    [InlineData(1.0, Stage.InReview)]
    [InlineData(1.999, Stage.InReview)]
    [InlineData(2.5, Stage.ChangesRequested)]
    [InlineData(3.5, Stage.InReview)]
    [InlineData(4.0, Stage.Approved)]
    [InlineData(6.9, Stage.Approved)]
    [InlineData(30.0, Stage.Suspended)]
    public void A_moment_shows_the_stage_that_the_moves_until_then_lead_to(double day, Stage stage) =>
        Assert.Equal(stage, VersionAt.StageAt(Moves(), Start.AddDays(day)));

    [Theory]
    [InlineData("2026-03-01", "2026-03-01T23:59:59.9999990")]
    [InlineData("2026-03-01T12:30", "2026-03-01T12:30:00.0000000")]
    [InlineData("2026-03-01T12:30:05", "2026-03-01T12:30:05.0000000")]
    [InlineData("1 March", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_address_asks_for_the_end_of_a_day_or_for_a_time_in_UTC(string? asked, string? moment) =>
        Assert.Equal(moment, VersionAt.Read(asked)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<StageMove> Moves()
    {
        Stage from = Stage.Draft;
        int number = 0;
        foreach ((int day, Stage to) in Sequence)
        {
            yield return new StageMove(
                StageMoveId.New(), ModelVersionId.New(), ++number, from, to, new UserId(Guid.CreateVersion7()), Start.AddDays(day), "Because.", null);
            from = to;
        }
    }
}
