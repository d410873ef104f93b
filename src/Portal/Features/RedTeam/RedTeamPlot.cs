using System.Text.Json.Nodes;
using Governance.Audit.Findings;
using Governance.Audit.Theft.Attacks;
using Governance.Portal.Components.Plots;

namespace Governance.Portal.Features.RedTeam;

/// <summary>The fidelity that each attack reached by the questions it asked, a series for each role's terms. Pure.</summary>
internal static class RedTeamPlot
{
    // Colours and forms; more terms than these cannot be told apart.
    private static readonly string[] Symbols = ["x", "circle", "square", "diamond", "triangle-up", "cross"];

    /// <summary>Draws a report.</summary>
    public static PlotDrawing Draw(RedTeamReport report)
    {
        AttackResult[] run = [.. report.Attacks.Where(attack => attack.Fidelity is not null)];
        string[] roles = [.. run.Select(attack => attack.Role).Distinct()];
        JsonArray traces = [.. roles.Take(Symbols.Length).Select((role, place) => (JsonNode)Trace(report, role, place, [.. run.Where(attack => attack.Role == role)]))];
        return new PlotDrawing
        {
            Title = RedTeamWords.Finding(report),
            Description = $"Each mark is an attack on one role's terms, by the questions answered; {RedTeamWords.Off} stands for no protection at all. Whiskers are intervals. {RedTeamWords.Baseline(report)}",
            Figure = new PlotFigure(traces, Layout(report)),
            Table = Table(report),
            Height = 380,
        };
    }

    private static JsonObject Trace(RedTeamReport report, string role, int place, AttackResult[] attacks) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = RedTeamWords.Terms(role),
        ["x"] = PlotJson.Numbers(attacks.Select(attack => (double)Math.Max(1, attack.Queries))),
        ["y"] = PlotJson.Numbers(attacks.Select(attack => Shown(report, attack.Fidelity!.Value))),
        ["marker"] = new JsonObject { ["color"] = PlotColor.Category(place + 1), ["size"] = 9, ["symbol"] = Symbols[place] },
        ["error_y"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = PlotJson.Numbers(attacks.Select(attack => attack.FidelityInterval is { } ends ? ends[1] - attack.Fidelity!.Value : double.NaN)),
            ["arrayminus"] = PlotJson.Numbers(attacks.Select(attack => attack.FidelityInterval is { } ends ? Shown(report, attack.Fidelity!.Value) - Shown(report, ends[0]) : double.NaN)),
            ["color"] = PlotColor.Category(place + 1),
            ["thickness"] = 1,
        },
        ["hovertext"] = PlotJson.Texts(attacks.Select(attack => PlotJson.Escape(
            $"{attack.Attack}, {RedTeamWords.Terms(role)}: {PlainNumbers.WithInterval(attack.Fidelity, attack.FidelityInterval)} after {PlainNumbers.Count(attack.Queries)} questions"))),
        ["hoverinfo"] = "text",
    };

    private static JsonObject Layout(RedTeamReport report)
    {
        JsonObject layout = new()
        {
            ["xaxis"] = new JsonObject { ["type"] = "log", ["title"] = new JsonObject { ["text"] = "Questions answered" } },
            ["yaxis"] = new JsonObject
            {
                ["title"] = new JsonObject { ["text"] = report.Task == "value" ? "R² of the copy" : "Cases decided alike" },
                ["range"] = PlotJson.Numbers([-0.02, 1.04]),
            },
            ["showlegend"] = true,
            ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.02, ["yanchor"] = "bottom", ["x"] = 0 },
        };
        if (report.Task != "value")
        {
            layout["shapes"] = new JsonArray(new JsonObject
            {
                ["type"] = "line", ["xref"] = "paper", ["x0"] = 0, ["x1"] = 1, ["y0"] = report.BaseRate, ["y1"] = report.BaseRate,
                ["line"] = new JsonObject { ["color"] = PlotColor.Quiet, ["dash"] = "dot", ["width"] = 1 },
            });
            layout["annotations"] = new JsonArray(new JsonObject
            {
                ["xref"] = "paper", ["x"] = 1, ["xanchor"] = "right", ["y"] = report.BaseRate, ["yanchor"] = "bottom", ["showarrow"] = false,
                ["text"] = $"always the same: {PlainNumbers.Percent(report.BaseRate)}", ["font"] = new JsonObject { ["color"] = PlotColor.Quiet },
            });
        }

        return layout;
    }

    private static PlotTable Table(RedTeamReport report) => new(
        ["Attack", "Terms", "Questions", "With numbers", "Units", "Days", "Ended by", "Alarm at", report.Task == "value" ? "R² [95 %]" : "Decided alike [95 %]", "R² of scores", "Copy"],
        [.. report.Attacks.Select(attack => (IReadOnlyList<string>)
        [
            attack.Attack, RedTeamWords.Terms(attack.Role), PlainNumbers.Count(attack.Queries), PlainNumbers.Count(attack.Scored), PlainNumbers.Count(attack.Units), PlainNumbers.Count(attack.Days),
            attack.Skipped is null ? RedTeamWords.Refusal(attack.RefusedBy) : "not run", attack.AlarmAt is int at ? PlainNumbers.Count(at) : "none",
            attack.Fidelity is null ? "–" : PlainNumbers.WithInterval(attack.Fidelity, attack.FidelityInterval),
            attack.R2 is null ? "–" : PlainNumbers.Value(attack.R2), attack.Family ?? "–",
        ])]);

    // R² has no lower end; what is worse than the mean is worth nothing to a thief.
    private static double Shown(RedTeamReport report, double fidelity) => report.Task == "value" ? Math.Max(0, fidelity) : fidelity;
}
