using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Portal.Components.Plots;
using Governance.Registry.Protection;

namespace Governance.Portal.Features.Protection;

/// <summary>What is left of a model's budget of 30 days, day by day, over what was spent on the day. Pure.</summary>
internal static class BudgetPlot
{
    /// <summary>The days that are drawn, and the window of the budget.</summary>
    public const int Days = 30;

    /// <summary>Draws the burn-down.</summary>
    /// <param name="uses">Units by holder and day, of at least twice <see cref="Days"/> days.</param>
    /// <param name="today">The last day, UTC.</param>
    /// <param name="limit">Units of the model in 30 days.</param>
    public static PlotDrawing Draw(IReadOnlyList<DayUse> uses, DateOnly today, long limit)
    {
        Dictionary<DateOnly, long> spent = uses.Where(use => use.Holder.Kind == BudgetHolderKind.Model).ToDictionary(use => use.Day, use => use.Units);
        DateOnly[] days = [.. Enumerable.Range(0, Days).Select(back => today.AddDays(back - Days + 1))];
        long[] units = [.. days.Select(day => spent.GetValueOrDefault(day))];
        long[] left = [.. days.Select(day => Math.Max(0, limit - spent.Where(pair => pair.Key <= day && pair.Key > day.AddDays(-Days)).Sum(pair => pair.Value)))];
        return new PlotDrawing
        {
            Title = $"{PlainNumbers.Count(left[^1])} of {PlainNumbers.Count(limit)} units of 30 days are left",
            Description = "The line is what was left at the end of each day, the bars what was spent on it, by everybody together; days in UTC, reserved units included.",
            Figure = new PlotFigure(
                [
                    new JsonObject
                    {
                        ["type"] = "bar", ["name"] = "spent on the day", ["x"] = Dates(days), ["y"] = PlotJson.Numbers(units.Select(value => (double)value)),
                        ["marker"] = new JsonObject { ["color"] = PlotColor.Mass },
                    },
                    new JsonObject
                    {
                        ["type"] = "scatter", ["mode"] = "lines+markers", ["name"] = "left of 30 days", ["x"] = Dates(days), ["y"] = PlotJson.Numbers(left.Select(value => (double)value)),
                        ["line"] = new JsonObject { ["color"] = PlotColor.Category(1), ["width"] = 2 }, ["marker"] = new JsonObject { ["size"] = 5 },
                    },
                ],
                new JsonObject
                {
                    ["xaxis"] = new JsonObject { ["type"] = "date" },
                    ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Units" }, ["rangemode"] = "tozero" },
                    ["showlegend"] = true,
                    ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.02, ["yanchor"] = "bottom", ["x"] = 0 },
                }),
            Table = new PlotTable(
                ["Day", "Spent", "Left of 30 days"],
                [.. days.Select((day, i) => (IReadOnlyList<string>)[Iso(day), PlainNumbers.Count(units[i]), PlainNumbers.Count(left[i])])]),
            Height = 280,
        };
    }

    private static JsonArray Dates(DateOnly[] days) => PlotJson.Texts(days.Select(Iso));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
