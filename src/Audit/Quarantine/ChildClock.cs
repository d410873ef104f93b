using System.ComponentModel;
using System.Diagnostics;

namespace Governance.Audit.Quarantine;

/// <summary>Measures a child's wall time, and is fair to it on a machine that has no time for it.</summary>
/// <param name="process">The child, started.</param>
/// <param name="limit">Its wall time.</param>
internal sealed class ChildClock(Process process, TimeSpan limit)
{
    // On an idle machine a child that works has all of its wall time to run in.
    private const double FairShare = 0.25;
    private const int MostTimes = 3;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Waits for the end of the child's time and cancels.</summary>
    /// <param name="wall">What is cancelled then.</param>
    /// <param name="cancellationToken">Ends the waiting without it: the child was done in time.</param>
    public async Task EndAsync(CancellationTokenSource wall, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(limit, cancellationToken);
            while (Stopwatch.GetElapsedTime(started) < limit * MostTimes && IsStarved())
            {
                await Task.Delay(Step, cancellationToken);
            }

            await wall.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The child was done in time.
        }
    }

    // It wants to run and was not let: a child that sleeps or has run its share is not.
    private bool IsStarved()
    {
        try
        {
            return process.TotalProcessorTime < Stopwatch.GetElapsedTime(started) * FairShare
                && Directory.EnumerateDirectories($"/proc/{process.Id}/task").Any(thread => State(Path.Combine(thread, "stat")) == 'R');
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or UnauthorizedAccessException or Win32Exception)
        {
            return false; // it has ended
        }
    }

    // "pid (name) S …": the name may hold anything.
    private static char State(string file)
    {
        string text = File.ReadAllText(file);
        int end = text.LastIndexOf(") ", StringComparison.Ordinal);
        return end >= 0 && end + 2 < text.Length ? text[end + 2] : '?';
    }
}
