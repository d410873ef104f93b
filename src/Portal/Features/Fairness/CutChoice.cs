using System.Globalization;

namespace Governance.Portal.Features.Fairness;

/// <summary>From which score on the positive class is decided: one cut for everybody, and others for single groups.</summary>
/// <param name="Cut">For everybody, inclusive.</param>
/// <param name="Own">By the group's place among the attribute's levels.</param>
internal sealed record CutChoice(double Cut, IReadOnlyDictionary<int, double> Own)
{
    /// <summary>One cut for everybody.</summary>
    public static CutChoice Alike(double cut) => new(cut, new Dictionary<int, double>());

    /// <summary>Reads what an address says; whatever is no number is left out.</summary>
    /// <param name="cut">Such as "0.35"; null for the cut in use.</param>
    /// <param name="own">Such as "0:0.4,2:0.35".</param>
    /// <param name="inUse">Where the address names none.</param>
    public static CutChoice Read(string? cut, string? own, double inUse)
    {
        Dictionary<int, double> groups = [];
        foreach (string part in (own ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Take(Audit.Data.Levels.Most))
        {
            if (part.Split(':') is [string place, string text] && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int group) && Number(text) is double value)
            {
                groups[group] = value;
            }
        }

        return new CutChoice(Number(cut) ?? inUse, groups);
    }

    /// <summary>The cut of a group.</summary>
    public double Of(int group) => Own.TryGetValue(group, out double own) ? own : Cut;

    /// <summary>The same with a cut for one group.</summary>
    public CutChoice With(int group, double cut) => this with { Own = new Dictionary<int, double>(Own) { [group] = cut } };

    /// <summary>The own cuts as an address says them; empty for none.</summary>
    public string OwnText => string.Join(',', Own.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key.ToString(CultureInfo.InvariantCulture)}:{Text(pair.Value)}"));

    /// <summary>A cut as an address and a field say it: at most four decimals.</summary>
    public static string Text(double cut) => Math.Round(cut, 4).ToString("0.####", CultureInfo.InvariantCulture);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
}
