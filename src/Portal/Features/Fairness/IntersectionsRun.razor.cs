using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Portal.Features.Performance;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Fairness;

/// <summary>Goes from the groups of one protected column into those of the next, with the fewest rows that count.</summary>
public sealed partial class IntersectionsRun
{
    private LiveView? live;
    private IReadOnlyList<Levels> levels = [];
    private GroupPath path = new([]);
    private CutFairness? groups;
    private CutRates[] small = [];
    private bool hasLabels;
    private string? against;
    private int rows;
    private PolicyPack policy = PolicyPack.Default;

    /// <summary>The protected columns in the order in which they are gone into, joined by commas.</summary>
    [Parameter, EditorRequired]
    public string Columns { get; set; } = "";

    /// <summary>The groups gone into (<see cref="GroupPath"/>).</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Groups of fewer rows are listed apart and not compared.</summary>
    [Parameter, EditorRequired]
    public int Fewest { get; set; }

    /// <summary>The address of the page with all that stays, ending so that "path=" can follow.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    [Inject]
    private ShownGroups Groups { get; set; } = default!;

    [Inject]
    private PolicyQueries Policies { get; set; } = default!;

    private string[] Names => Columns.Split(',');

    private string Here => Names[path.Levels.Count];

    private string? Next => path.Levels.Count + 1 < Names.Length ? Names[path.Levels.Count + 1] : null;

    private Gate? RatioGate => policy.GateOn("fairness.demographic_parity_ratio");

    private string Scope => path.Levels.Count == 0 ? "all rows"
        : string.Join(" and ", path.Levels.Select((level, column) => $"{Names[column]} = {levels[column].Names[level]}"));

    private protected override async Task PrepareAsync(LiveView live, CancellationToken cancellationToken)
    {
        if (live.Shown.Document.Policy is { } named)
        {
            policy = (await Policies.FindAsync(named.Name, named.Number, cancellationToken))?.Pack ?? policy;
        }

        if (live.Rows.Scored.IsRegression)
        {
            throw new InputException("This version predicts a number and decides nothing. How its errors differ between groups and their intersections is under Groups.");
        }

        string[] names = Names;
        LiveScores scores = await Task.Run(() => LiveScores.Of(live.Rows.Scored, live.Taken, null), cancellationToken);
        against = scores.Against;
        levels = [.. names.Select(name => Levels.Of(scores.Table.Need(name)))];
        path = GroupPath.Read(Path, levels);
        string[] crossed = names[..(path.Levels.Count + 1)];
        IReadOnlySet<string>? open = await Groups.OfAsync(live, ShownGroups.Of(scores.Table, crossed), crossed, cancellationToken);
        Levels own = levels[path.Levels.Count];
        string before = string.Concat(path.Levels.Select((level, column) => levels[column].Names[level] + "|"));
        int[] shown = [.. Enumerable.Range(0, own.Names.Count).Where(level => open is null || open.Contains(before + own.Names[level]))];
        if (open is not null && shown.Length == 0)
        {
            throw new InputException($"These groups are not shown to your role: some have fewer than {live.Fewest} rows, and the others would tell of them.");
        }

        await Task.Run(() => Count(scores, own, shown), cancellationToken);
        this.live = live;
    }

    private void Count(LiveScores scores, Levels own, int[] shown)
    {
        int[] taken = path.Rows(levels, scores.Decisions.Rows);
        BinaryDecisions decisions = scores.Decisions.Take(taken);
        int[] codes = Array.ConvertAll(taken, row => Array.IndexOf(shown, own.Codes[row]));
        Outcomes[] outcomes = new Outcomes[shown.Length];
        CountOutcomes.Compute(decisions.Label, decisions.Prediction, decisions.Weight, codes, outcomes);
        Outcomes[] all = new Outcomes[1];
        CountOutcomes.Compute(decisions.Label, decisions.Prediction, decisions.Weight, [], all);
        int[] occurring = [.. Enumerable.Range(0, shown.Length).Where(i => outcomes[i].All.Rows > 0)];
        CutFairness measured = CutFairness.Of(
            [.. occurring.Select(i => own.Names[shown[i]])], [.. occurring.Select(i => outcomes[i])], all[0], decisions.FavourableIsPositive, Fewest, policy.Level);
        small = [.. measured.Groups.Where(group => group.Rows < Fewest)];
        groups = measured with { Groups = [.. measured.Groups.Where(group => group.Rows >= Fewest).OrderBy(group => group.Selection.Value)] };
        hasLabels = scores.HasLabels;
        rows = taken.Length;
    }

    private string Link(IEnumerable<int> into) => $"{Address}path={GroupPath.Text(into)}";

    private int LevelOf(string group) => levels[path.Levels.Count].IndexOf(group);
}
