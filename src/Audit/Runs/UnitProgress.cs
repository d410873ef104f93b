namespace Governance.Audit.Runs;

/// <summary>Counts the units of work of a run. Safe for several threads.</summary>
/// <param name="progress">Told of them.</param>
/// <param name="total">Units in all.</param>
/// <param name="start">Units done before.</param>
internal sealed class UnitProgress(IRunProgress progress, long total, long start)
{
    private readonly Lock gate = new();
    private long done = start;

    /// <summary>Says that units are done.</summary>
    /// <param name="stage">What the run is doing.</param>
    /// <param name="units">How many more are done; 0 only names the stage.</param>
    public void Advance(string stage, long units)
    {
        lock (gate)
        {
            done = Math.Min(total, done + units);
            progress.Report(stage, done, total);
        }
    }
}
