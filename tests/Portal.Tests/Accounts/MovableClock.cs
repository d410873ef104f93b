namespace Governance.Portal.Tests.Accounts;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class MovableClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Move(TimeSpan by) => now += by;
}
