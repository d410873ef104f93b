using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Ensembles;
using Governance.Audit.Variants;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Inside;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Features.Ensembles;

/// <summary><c>governance ensemble inspect MODEL --data F</c>: the trees of a forest or of boosting, one by one and together.</summary>
internal static class InspectTreesCommand
{
    private const int MostLines = 10;

    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    private static readonly Option<string> Data = new("--data") { Description = "Rows that the model was not trained on, as CSV with a header.", HelpName = "F", Required = true };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with the true outcome; the encoding's by default. Without one, trees are measured against the whole model.", HelpName = "Y" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "inspect", "Look at the trees of a model: what the first ones reach, how much each moves the score, where they disagree.", RunAsync, [Model, Data, Label, PerformanceFlags.Level]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        using ModelRun model = await ModelRun.LoadAsync(context, arguments.GetValue(Model)!, cancellationToken);
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        VariantRows rows = VariantRows.Of(model.Predictor.Signature, model.Encoding, table, arguments.GetValue(Label) ?? model.Encoding?.Label?.Column) with { Level = PerformanceFlags.LevelOf(context) };
        IReadOnlyList<TreeMembersReport> reports = await Task.Run(() => InspectTrees.Run(model.File, rows, null, cancellationToken), cancellationToken);
        if (reports.Count == 0)
        {
            throw new InputException("This model has no trees whose members could be looked at.");
        }

        foreach (TreeMembersReport report in reports)
        {
            Write(context.People, report);
        }

        await context.WriteJsonAsync(new { Ensembles = reports }, cancellationToken);
        return 0;
    }

    private static void Write(TextWriter people, TreeMembersReport report)
    {
        people.WriteLine($"{report.Node}: {InsideWords.Family(report)}");
        if (report.Stages.Count > 0)
        {
            TextTable.Write(people, [["trees", report.Metric.Replace('_', ' ')], .. report.Stages.Select(stage => (string[])[$"{stage.Trees:N0}", TextTable.Number(stage.Value, stage.Interval)])]);
        }

        if (InsideWords.Singles(report) is string singles)
        {
            people.WriteLine(singles);
        }

        people.WriteLine($"{InsideWords.MoveTitle(report)}:");
        TextTable.Write(people, [["tree", "leaves", "moves the raw score by", "share"], .. report.Moves.OrderByDescending(move => move.Moves).Take(MostLines).Select(move => (string[])
            [$"{move.Tree:N0}", $"{move.Leaves:N0}", TextTable.Number(move.Moves), TextTable.Number(move.Share)])]);
        if (report.Disagreement is { } disagreement)
        {
            people.WriteLine($"{DisagreementPlot.Title(disagreement)}.");
        }
    }
}
