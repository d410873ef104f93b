using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Features.Fairness;

/// <summary>The groups of one attribute with their outcomes at every cut: what the threshold explorer moves over.</summary>
internal sealed class CutGroups
{
    private readonly int[] shown;
    private readonly CutTable[] tables;
    private readonly CutTable rest;
    private readonly Outcomes[] inUse;
    private readonly Outcomes allInUse;
    private readonly bool favourableIsPositive;

    private CutGroups(Levels levels, int[] shown, int[] codes, CutTable[] tables, CutTable rest, CutTable all, Outcomes[] inUse, Outcomes allInUse, LiveScores live)
    {
        Attribute = levels.Name.Replace("|", " and ", StringComparison.Ordinal);
        this.shown = shown;
        this.tables = tables;
        this.rest = rest;
        this.inUse = inUse;
        this.allInUse = allInUse;
        All = all;
        Names = [.. shown.Select(code => levels.Names[code])];
        Hidden = levels.Names.Count - shown.Length;
        Codes = codes;
        favourableIsPositive = live.Decisions.FavourableIsPositive;
        Live = live;
    }

    /// <summary>The attribute, or several joined by "and".</summary>
    public string Attribute { get; }

    /// <summary>The groups that are shown.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Shape [groups]: the place of each among the attribute's levels, by which addresses name it.</summary>
    public IReadOnlyList<int> Places => shown;

    /// <summary>Shape [rows]: the index of each row's group in <see cref="Names"/>, -1 for none and for groups not shown.</summary>
    public int[] Codes { get; }

    /// <summary>How many groups are not shown to this person.</summary>
    public int Hidden { get; }

    /// <summary>All rows together.</summary>
    public CutTable All { get; }

    /// <summary>The rows.</summary>
    public LiveScores Live { get; }

    /// <summary>Shape [groups].</summary>
    public IReadOnlyList<CutTable> Tables => tables;

    /// <summary>Counts every cut once.</summary>
    /// <param name="live">The rows.</param>
    /// <param name="levels">The group of each.</param>
    /// <param name="open">Which groups the person may see; null for all.</param>
    /// <param name="fewest">No step from one cut to the next tells of fewer rows.</param>
    public static CutGroups Of(LiveScores live, Levels levels, IReadOnlySet<string>? open, int fewest)
    {
        int[] shown = [.. Enumerable.Range(0, levels.Names.Count).Where(code => open is null || open.Contains(levels.Names[code]))];
        int[] places = new int[levels.Names.Count];
        Array.Fill(places, -1);
        for (int i = 0; i < shown.Length; i++)
        {
            places[shown[i]] = i;
        }

        int[] group = new int[levels.Codes.Length];
        for (int row = 0; row < group.Length; row++)
        {
            group[row] = levels.Codes[row] < 0 ? -1 : places[levels.Codes[row]];
        }

        GroupCuts cuts = GroupCuts.Of(live.Decisions.Score, live.Decisions.Label, live.Decisions.Weight, group, shown.Length);
        Outcomes[] inUse = new Outcomes[shown.Length];
        CountOutcomes.Compute(live.Decisions.Label, live.Decisions.Prediction, live.Decisions.Weight, group, inUse);
        Outcomes[] all = new Outcomes[1];
        CountOutcomes.Compute(live.Decisions.Label, live.Decisions.Prediction, live.Decisions.Weight, [], all);
        return new CutGroups(levels, shown, group, [.. cuts.Groups.Select(Steps)], Steps(cuts.WithoutGroup), Steps(cuts.All), inUse, all[0], live);

        CutTable Steps(CutTable table) => fewest > 1 ? table.InSteps(fewest) : table;
    }

    /// <summary>How groups fare as the version decides now.</summary>
    public CutFairness InUse(int smallest, double level) => CutFairness.Of(Names, inUse, allInUse, favourableIsPositive, smallest, level);

    /// <summary>How groups would fare. O(groups · log rows).</summary>
    public CutFairness At(CutChoice choice, int smallest, double level)
    {
        Outcomes[] groups = new Outcomes[tables.Length];
        Outcomes all = choice.Own.Count == 0 ? All.At(choice.Cut) : rest.At(choice.Cut);
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = tables[i].At(choice.Of(shown[i]));
            all = choice.Own.Count == 0 ? all : Sum(all, groups[i]);
        }

        return CutFairness.Of(Names, groups, all, favourableIsPositive, smallest, level);
    }

    private static Outcomes Sum(in Outcomes a, in Outcomes b) => new(
        a.TruePositives + b.TruePositives, a.FalsePositives + b.FalsePositives, a.TrueNegatives + b.TrueNegatives,
        a.FalseNegatives + b.FalseNegatives, a.UnlabelledPositives + b.UnlabelledPositives, a.UnlabelledNegatives + b.UnlabelledNegatives);
}
