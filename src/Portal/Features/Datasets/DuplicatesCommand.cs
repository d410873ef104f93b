using System.CommandLine;
using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Data.Duplicates;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Datasets;

/// <summary><c>governance duplicates A [B]</c>: rows that a file repeats, and rows that it shares with another.</summary>
internal static class DuplicatesCommand
{
    private static readonly Argument<string> A = new("a") { Description = "The file asked about, such as the test data." };

    private static readonly Argument<string?> B = new("b")
    {
        Description = "The file to compare with, such as the training data.", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Label = new("--label") { Description = "The label column: rows are compared without and with it.", HelpName = "Y" };

    private static readonly Option<string?> Ignore = new("--ignore") { Description = "Columns that do not count, such as row numbers and times.", HelpName = "C,D" };

    private static readonly Option<string?> Pairs = new("--pairs") { Description = "Write the lines of all shared rows to this CSV file.", HelpName = "FILE" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "duplicates", "Find rows that a data file repeats or shares with another.", RunAsync, A, B, Label, Ignore, Pairs);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        string? other = arguments.GetValue(B);
        string? pairsPath = arguments.GetValue(Pairs);
        if (pairsPath is not null)
        {
            UserFiles.RefuseUnwritable(pairsPath);
            _ = other ?? throw new InputException("--pairs lists the rows that two files share; name the second file.");
        }

        Table a = await DataFile.ReadAsync(context, arguments.GetValue(A)!, cancellationToken);
        Table? b = other is null ? null : await DataFile.ReadAsync(context, other, cancellationToken);
        string[] ignore = [.. DataFile.Names(arguments.GetValue(Ignore))];
        if (Array.Find(ignore, name => a.Find(name) is null && b?.Find(name) is null) is string unknown)
        {
            throw new InputException($"The data has no column '{unknown}'.") { Column = unknown };
        }

        StringBuilder pairs = new();
        CsvWriter csv = new(new StringWriter(pairs));
        csv.Row("line_a", "line_b", "same_label");
        DuplicateReport report = FindDuplicates.Run(a, b, arguments.GetValue(Label), ignore, pairsPath is null ? null : pair => csv.Row(
            pair.A.ToString(CultureInfo.InvariantCulture), pair.B.ToString(CultureInfo.InvariantCulture), pair.SameLabel?.ToString().ToLowerInvariant()));
        if (pairsPath is not null)
        {
            await UserFiles.WriteAsync(pairsPath, Encoding.UTF8.GetBytes(pairs.ToString()), cancellationToken);
        }

        Tell(context, report, other);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static void Tell(CommandContext context, DuplicateReport report, string? other)
    {
        if (report.A.Repeated > 0)
        {
            context.Warn(new AuditWarning("repeated-rows", $"In the first file, {Lower(DuplicateWords.Repeated(report.A))}"));
        }

        if (report.Shared is { IsLikelyLeak: true } leak)
        {
            context.Warn(new AuditWarning("shared-rows", DuplicateWords.Shared(leak, report.A.Rows, "the second file")));
        }

        context.People.WriteLine($"Compared by {report.Columns.Count} {(report.Columns.Count == 1 ? "column" : "columns")}{(report.Label is null ? "" : $", label {report.Label}")}.");
        context.People.WriteLine($"  a: {DuplicateWords.Repeated(report.A)}");
        if (report is { B: RepeatedRows b, Shared: SharedRows shared })
        {
            context.People.WriteLine($"  b: {DuplicateWords.Repeated(b)}");
            context.People.WriteLine($"  {DuplicateWords.Shared(shared, report.A.Rows, Path.GetFileName(other!))}");
            foreach (RowPair pair in shared.Examples.Take(5))
            {
                context.People.WriteLine($"    line {pair.A} is line {pair.B} there{(pair.SameLabel switch { true => ", same label", false => ", other label", null => "" })}");
            }
        }
    }

    private static string Lower(string sentence) => sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
