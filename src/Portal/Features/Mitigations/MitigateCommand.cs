using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Mitigation;
using Governance.Audit.Performance;
using Governance.Audit.Runs;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Mitigations;

/// <summary><c>governance mitigate F --label Y --score S --protected A --method threshold|reweigh|reject-band</c>.</summary>
internal static class MitigateCommand
{
    private static readonly Argument<string> Data = new("F") { Description = "Labelled scores, as CSV with a header." };

    private static readonly Option<string?> Holdout = new("--holdout") { Description = "Other rows to judge on; without it a seeded part of the same rows is kept.", HelpName = "F" };

    private static readonly Option<string?> Out = new("--out") { Description = "Write the rules (a name that ends in .json), or the rows with their new decisions or weights (CSV).", HelpName = "F" };

    private static readonly Option<string?> Register = new("--register")
    {
        Description = "Put the model's latest version, or the one named, on record anew with these thresholds in its encoding.", HelpName = "MODEL[/N]",
    };

    private static readonly Option<string?> As = new("--as") { Description = "With --register: the user name in whose name it is done.", HelpName = "USER" };

    private static readonly Option<string?> Note = new("--note") { Description = "With --register: what is new in the version.", HelpName = "TEXT" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "mitigate", "Find fairer decisions, and say what they cost whom.", RunAsync,
        [Data, .. MitigateOptions.All, Holdout, Out, Register, As, Note, DataOptions.Data, DataOptions.Connection]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        MitigationOptions options = MitigateOptions.Read(arguments, context.Seed);
        MitigationFile? file = arguments.GetValue(Out) is string path ? new MitigationFile(path, options.Method) : null;
        RegisterWish? wish = RegisterWish.Read(arguments.GetValue(Register), arguments.GetValue(As), arguments.GetValue(Note), options.Method);
        DecisionColumns columns = MitigateOptions.Columns(arguments);
        IReadOnlyList<string> groups = DataFile.Names(arguments.GetValue(MitigateOptions.Protected));
        ScoredGroups rows = Scored(context, await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken), columns, groups, 0);
        ScoredGroups? heldOut = arguments.GetValue(Holdout) is not string other ? null : Scored(
            context, await DataFile.ReadAsync(context, other, cancellationToken),
            columns with { Positive = rows.Decisions.Positive, Favourable = rows.Decisions.Favourable }, groups, 1);
        double threshold = columns.Threshold!.Value;
        MitigationReport report = await Task.Run(
            () => options.Method == MitigationMethod.Reweigh
                ? MitigateData.Run(rows, heldOut, threshold, options, context.Warn, cancellationToken)
                : MitigateDecisions.Run(rows, heldOut, threshold, options, context.Warn, cancellationToken),
            cancellationToken);
        MitigationTables.Write(context.People, report);
        if (file is not null)
        {
            await file.WriteAsync(rows, report, cancellationToken);
        }

        JsonObject body = JsonSerializer.SerializeToNode(report, ReportJson.Options)!.AsObject();
        if (wish is not null)
        {
            body["registered"] = JsonSerializer.SerializeToNode(await wish.RunAsync(context, rows, report, cancellationToken), ReportJson.Options);
        }

        await context.WriteJsonAsync(body, cancellationToken);
        return 0;
    }

    // Chance in a file of scores goes by the row's place: rows with the same few columns would share a draw by their content.
    private static ScoredGroups Scored(CommandContext context, Table table, DecisionColumns columns, IReadOnlyList<string> groups, int stream)
    {
        DecisionTable read = ReadDecisions.From(table, columns, context.Warn);
        return new ScoredGroups(
            read.Table, read.Decisions, groups,
            (_, row) => new SeededRandom(context.Seed, ((long)stream << 40) + row).NextDouble());
    }
}
