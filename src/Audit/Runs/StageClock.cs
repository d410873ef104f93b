namespace Governance.Audit.Runs;

/// <summary>Adds up the seconds that the stages of a run take. Not for several threads.</summary>
internal sealed class StageClock(TimeProvider time)
{
    private readonly Dictionary<string, double> seconds = new(StringComparer.Ordinal);

    /// <summary>Seconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds => seconds;

    /// <summary>Runs a stage and counts its time.</summary>
    public T Measure<T>(string stage, Func<T> work)
    {
        long started = time.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            seconds[stage] = seconds.GetValueOrDefault(stage) + time.GetElapsedTime(started).TotalSeconds;
        }
    }
}
