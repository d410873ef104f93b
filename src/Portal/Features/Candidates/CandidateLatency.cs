using System.Globalization;
using Governance.Audit.Candidates;
using Governance.Audit.Equivalence;
using Governance.Portal.Features.SignOffs;

namespace Governance.Portal.Features.Candidates;

/// <summary>What a sealed battery says of how fast two versions answer a row alone.</summary>
/// <param name="Variant">Such as "credit/3".</param>
/// <param name="Parent">Such as "credit/2".</param>
/// <param name="At">When it was sealed.</param>
/// <param name="One">Times of one row a call, in seconds.</param>
internal sealed record TimedBattery(string Variant, string Parent, DateTimeOffset At, SpeedAtSize One);

/// <summary>The latency of a candidate: from a battery where there is one, else from served traffic. Pure.</summary>
/// <remarks>
/// A battery times two versions in turns on the same rows on one machine, and nothing else; traffic says what callers waited for
/// where the version is deployed. The one is comparable between candidates, the other is real: so the battery comes first, and
/// figures of both kinds are never told apart surely (<see cref="CandidateFigure.Beside"/>).
/// </remarks>
internal static class CandidateLatency
{
    private const double Millisecond = 1_000;

    /// <summary>The 95th percentile of the time of an answer, in milliseconds; null where nobody measured it.</summary>
    /// <param name="name">The candidate, such as "credit/3".</param>
    /// <param name="batteries">All batteries of the board's candidates.</param>
    /// <param name="served">What recent traffic says; null where there is none.</param>
    public static CandidateFigure? Of(string name, IReadOnlyList<TimedBattery> batteries, ServedLatency? served)
    {
        TimedBattery[] own = [.. batteries.Where(battery => battery.Variant == name).OrderByDescending(battery => battery.At)];
        TimedBattery? stood = batteries.Where(battery => battery.Parent == name).MaxBy(battery => battery.At);
        if (own.Length == 0 && stood is null)
        {
            return served is null ? null : new CandidateFigure(served.P95Ms, served.P95Interval)
            {
                Source = string.Create(CultureInfo.InvariantCulture, $"{served.Answers:N0} answers {served.Since}"),
            };
        }

        Dictionary<string, CandidateFigure> beside = own.DistinctBy(battery => battery.Parent)
            .ToDictionary(battery => battery.Parent, battery => new CandidateFigure(battery.One.P95Ratio, battery.One.P95Interval), StringComparer.Ordinal);
        if (stood is not null)
        {
            beside[name] = new CandidateFigure(1, Exact: true);
        }

        (TimedBattery battery, SpeedTimes times, string other) = own.Length > 0 ? (own[0], own[0].One.B, own[0].Parent) : (stood!, stood!.One.A, stood.Variant);
        return new CandidateFigure(Millisecond * times.P95, times.P95Interval?.Select(seconds => Millisecond * seconds).ToArray())
        {
            Source = string.Create(CultureInfo.InvariantCulture, $"battery of {battery.At.UtcDateTime:d MMM yyyy}, {battery.One.Calls:N0} calls of one row in turns with {other}"),
            Beside = beside,
        };
    }
}
