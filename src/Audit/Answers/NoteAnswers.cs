using System.Collections.Concurrent;
using Governance.Audit.Theft.Gauge;
using Governance.Registry.Protection;
using Governance.Registry.Storage;

namespace Governance.Audit.Answers;

/// <summary>Notes what is about to be answered: in the traffic log, among the repeats that are free, and for the extraction gauge.</summary>
public sealed class NoteAnswers(TrafficLog log, GaugeAnswers gauge, TimeProvider clock)
{
    /// <summary>Whether the log takes rows.</summary>
    public bool IsWritable => log.IsWritable;

    /// <summary>Notes rows.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="priced">Its rows with their prices.</param>
    /// <param name="answered">What leaves of each.</param>
    /// <param name="known">Where the principal's repeats are kept.</param>
    /// <param name="started">When the request came.</param>
    /// <returns>False where the log did not take one: then no row may leave.</returns>
    internal bool Run(
        AskedRows asked, PricedRow[] priced, AnsweredRow[] answered, ConcurrentDictionary<(string, string, string), bool> known, long started)
    {
        long micros = (long)clock.GetElapsedTime(started).TotalMicroseconds;
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        foreach (PricedRow row in priced)
        {
            if (!log.TryTake(new AnsweredQuery(
                Guid.CreateVersion7(), asked.Model.Id, asked.Version.Id, asked.Request.Principal, asked.Request.Token, row.Key.Kind, row.Key.Form,
                row.Key.Digest, row.Units, micros, now)))
            {
                return false;
            }

            if (row.Units > 0)
            {
                known[row.Key] = true;
            }
        }

        if (!asked.KnowsModel)
        {
            gauge.Take(new AnsweredRequest(
                asked.Model.Id, asked.Version.Id, asked.Request.Principal, asked.Grant.Choices.Policy, asked.Rows,
                [.. Enumerable.Range(0, priced.Length).Where(at => priced[at].Units > 0).Select(at => (at, answered[at]))], now));
        }

        return true;
    }
}
