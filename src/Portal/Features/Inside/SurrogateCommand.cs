using System.CommandLine;
using System.Text.Json.Serialization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Surrogates;
using Governance.Audit.Theft.Attacks;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Performance;
using Governance.Portal.Features.Variants;

namespace Governance.Portal.Features.Inside;

/// <summary><c>governance surrogate MODEL --data F</c>: a small model that people can read in a larger one's place, and how far it may be believed.</summary>
internal static class SurrogateCommand
{
    private const int MostLines = 20;

    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    private static readonly Option<string> Data = new("--data") { Description = "Rows that the surrogate learns from and, in a held-out part, is measured on, as CSV with a header.", HelpName = "F", Required = true };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with the true outcome; the encoding's by default. Without one there is no accuracy.", HelpName = "Y" };
    private static readonly Option<string> Student = new("--student") { Description = "What kind of model stands in.", DefaultValueFactory = _ => "tree" };
    private static readonly Option<int> Size = new("--size") { Description = "Leaves of one tree (8), boosted trees (40) or hidden units (16).", HelpName = "N" };
    private static readonly Option<bool> Copies = new("--copies") { Description = "Also how good a copy gets by the questions asked, without any protection." };

    static SurrogateCommand() => Student.AcceptOnlyFromAmong("logistic", "tree", "trees", "network");

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "surrogate", "Train a small model that can be read in a model's place, and say how far it may be believed.", RunAsync, [Model, Data, Label, Student, Size, Copies, PerformanceFlags.Level]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        using ModelRun model = await ModelRun.LoadAsync(context, arguments.GetValue(Model)!, cancellationToken);
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        VariantRows rows = VariantRows.Of(model.Predictor.Signature, model.Encoding, table, arguments.GetValue(Label) ?? model.Encoding?.Label?.Column) with { Level = PerformanceFlags.LevelOf(context) };
        StudentOptions options = new()
        {
            Family = Enum.Parse<StudentFamily>(arguments.GetValue(Student)!, ignoreCase: true), Size = arguments.GetValue(Size), Seed = context.Seed,
        };
        SurrogateBody body = await Task.Run(
            () => new SurrogateBody(
                FitSurrogate.Run(model.File, rows, options, null, cancellationToken),
                arguments.GetValue(Copies)
                    ? CopyCosts.Run(model.Predictor, rows.Encoder!, new DecisionRule(model.Predictor.Signature, model.Encoding), table, rows.Level, context.Seed, null, cancellationToken)
                    : null),
            cancellationToken);
        Write(context.People, body);
        await context.WriteJsonAsync(body, cancellationToken);
        return 0;
    }

    private static void Write(TextWriter people, SurrogateBody body)
    {
        people.WriteLine(InsideWords.Believe(body.Surrogate));
        people.WriteLine();
        VariantTables.WriteStudent(people, body.Surrogate.Student);
        people.WriteLine();
        foreach (SurrogateConstant constant in body.Surrogate.Constants ?? [])
        {
            people.WriteLine($"constant{(constant.Class is null ? "" : $" of '{constant.Class}'")}: {TextTable.Number(constant.Value)}");
        }

        if (body.Surrogate.Terms is { } terms)
        {
            TextTable.Write(people, [["feature", "speaks for", "one unit", "one standard deviation"], .. terms.Take(MostLines).Select(term => (string[])
                [term.Feature, term.Class ?? "the value", TextTable.Number(term.Coefficient), TextTable.Number(term.PerSpread)])]);
        }

        foreach (SurrogateLeaf leaf in body.Surrogate.Leaves ?? [])
        {
            people.WriteLine($"if {(leaf.Conditions.Count == 0 ? "always" : string.Join(" and ", leaf.Conditions))}: {leaf.Class ?? "value"} {TextTable.Number(leaf.Says)} ({leaf.Rows:N0} rows)");
        }

        if (body.Copies is { } copies)
        {
            people.WriteLine();
            people.WriteLine($"{InsideWords.CopyTitle(copies)}.");
            TextTable.Write(people, [["rows asked about", "questions", copies.Task == "value" ? "R2" : "decided alike", "copy"], .. copies.Points.Select(point => (string[])
                [InsideWords.Asked(point.Attack), $"{point.Queries:N0}", TextTable.Number(point.Fidelity, point.Interval), point.Family])]);
        }
    }
}

/// <summary>The body of <c>governance surrogate</c>.</summary>
/// <param name="Surrogate">The surrogate with its fidelity.</param>
/// <param name="Copies">What a copy costs; null where that was not asked for.</param>
internal sealed record SurrogateBody(
    SurrogateReport Surrogate, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CopyCostReport? Copies);
