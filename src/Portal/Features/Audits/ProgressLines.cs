using Governance.Audit.Runs;

namespace Governance.Portal.Features.Audits;

/// <summary>Says on the command line how far a run is: nothing in its first seconds, then a line now and then.</summary>
internal sealed class ProgressLines : IRunProgress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly TextWriter people;
    private readonly string prefix;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private long last;

    /// <summary>Begins to watch.</summary>
    /// <param name="people">Where to.</param>
    /// <param name="prefix">What stands before each line.</param>
    /// <param name="time">The clock.</param>
    public ProgressLines(TextWriter people, string prefix, TimeProvider time)
    {
        (this.people, this.prefix, this.time) = (people, prefix, time);
        last = time.GetTimestamp();
    }

    /// <inheritdoc />
    public void Report(string stage, long done, long total)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(last) >= Patience)
            {
                last = time.GetTimestamp();
                people.WriteLine($"{prefix}{(total > 0 ? 100 * done / total : 0),3} %  {stage}");
                people.Flush();
            }
        }
    }
}
