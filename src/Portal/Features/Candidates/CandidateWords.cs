using Governance.Audit.Candidates;

namespace Governance.Portal.Features.Candidates;

/// <summary>What the board shows, in sentences. Pure.</summary>
internal static class CandidateWords
{
    /// <summary>The name of a place.</summary>
    public static string Name(FrontPlace place) => place switch
    {
        FrontPlace.Front => "on the front",
        FrontPlace.NotSeparable => "not separable",
        FrontPlace.Dominated => "dominated",
        FrontPlace.Incomplete => "not placed",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, null),
    };

    /// <summary>How a candidate stands, with whom it is held against.</summary>
    public static string Place(BoardRow row) => Place(row.Placed?.Place, row.Placed?.By ?? [], row.Placed?.Missing ?? [], row.Left);

    /// <summary>The same of a candidate on record.</summary>
    public static string Place(ChosenAmong row, IReadOnlyList<CandidateMetric> metrics) =>
        Place(row.Place, row.By, [.. metrics.Select(metric => metric.Key).Where(key => !row.Figures.ContainsKey(key))], row.Left);

    /// <summary>The finding of the board.</summary>
    public static string Title(CandidateBoard board)
    {
        int Count(FrontPlace place) => board.Rows.Count(row => row.Placed?.Place == place);
        int front = Count(FrontPlace.Front);
        (int dominated, int open, int incomplete) = (Count(FrontPlace.Dominated), Count(FrontPlace.NotSeparable), Count(FrontPlace.Incomplete));
        if (front + dominated + open == 0)
        {
            return "No candidate has all the chosen metrics, so none can be placed";
        }

        string[] rest =
        [
            .. dominated > 0 ? [$"{dominated} {(dominated == 1 ? "is" : "are")} dominated"] : Array.Empty<string>(),
            .. open > 0 ? [$"{open} {(open == 1 ? "is" : "are")} not separable from a better estimate"] : Array.Empty<string>(),
            .. incomplete > 0 ? [$"{incomplete} {(incomplete == 1 ? "lacks" : "lack")} a figure"] : Array.Empty<string>(),
        ];
        return $"{front} of {board.Within.Count()} candidates {(front == 1 ? "is" : "are")} on the front{(rest.Length == 0 ? "" : "; " + string.Join(", ", rest))}";
    }

    /// <summary>How a latency came about, in a word.</summary>
    public static string Kind(CandidateFigure figure) => figure.Beside is null ? "served" : "timed";

    /// <summary>Why a cell is empty.</summary>
    public static string Missing(BoardRow row, BoardMetric metric, string? data) => metric.Key switch
    {
        CandidateBudget.Latency => "no battery timed it, and it has not answered lately where it is deployed",
        CandidateBudget.Size => "its file is no longer there",
        _ when row.Evidence is null => data is null ? "no evidence is sealed" : $"no evidence is sealed on {data}",
        BoardMetric.Order => "its evidence holds no explanations",
        _ when metric.Key.StartsWith(BoardMetric.Spread, StringComparison.Ordinal) => "its evidence holds no folds",
        _ => "its evidence did not measure it",
    };

    private static string Place(FrontPlace? place, IReadOnlyList<string> by, IReadOnlyList<string> missing, string? left) => place switch
    {
        _ when left is not null => left,
        FrontPlace.Front => "on the front",
        FrontPlace.NotSeparable => $"not separable: {string.Join(", ", by)} better by the estimates, not beyond the intervals",
        FrontPlace.Dominated => $"dominated by {string.Join(", ", by)}",
        FrontPlace.Incomplete => $"not placed: {string.Join(", ", missing.Select(key => BoardMetric.Find(key)?.Title.ToLowerInvariant() ?? key))} not measured",
        _ => "–",
    };
}
