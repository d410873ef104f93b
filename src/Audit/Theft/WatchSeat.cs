using Governance.Audit.Theft.Detection;
using Governance.Registry.Alarms;
using Governance.Registry.Versions;

namespace Governance.Audit.Theft;

/// <summary>Which stream: of whom, on which version.</summary>
/// <param name="Version">The version that is asked.</param>
/// <param name="Stream">Whose queries.</param>
/// <param name="Holder">The person or team; null for everybody.</param>
internal readonly record struct SeatKey(ModelVersionId Version, AlarmStream Stream, Guid? Holder)
{
    /// <summary>From which level on there is an alarm.</summary>
    public double Level => Stream == AlarmStream.Person ? TrafficWatch.PersonLevel : TrafficWatch.SharedLevel;

    /// <summary>Under which the state is kept.</summary>
    public string File => $"state {Version} {Stream} {Holder}";
}

/// <summary>One stream's watch with what was told of it. Locked by whoever uses it.</summary>
/// <param name="Key">Which stream.</param>
/// <param name="Watch">Its watch.</param>
internal sealed record WatchSeat(SeatKey Key, TrafficWatch Watch)
{
    /// <summary>Whether its alarm is on record.</summary>
    public bool Raised { get; set; } = Watch.Reading.IsAlarm;

    /// <summary>Rows since the state was last kept.</summary>
    public int Unkept { get; set; }

    /// <summary>When it was last used, in uses of all seats.</summary>
    public long LastUse { get; set; }
}
