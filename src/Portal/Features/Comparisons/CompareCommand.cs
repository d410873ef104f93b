using System.CommandLine;
using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Features.Comparisons;

/// <summary><c>governance compare A B --data F --label Y</c>: two models on the same rows.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> First = new("A") { Description = "The ONNX file that is compared with." };
    private static readonly Argument<string> Second = new("B") { Description = "The ONNX file in question: differences are its metrics less those of A." };
    private static readonly Option<string> Data = new("--data") { Description = "Labelled rows, as CSV with a header.", HelpName = "F", Required = true };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with the true outcome; the encoding's by default.", HelpName = "Y" };
    private static readonly Option<bool> NoLabel = new("--no-label") { Description = "Nobody knows what was true: compare what the two say, with flips and how far scores moved." };
    private static readonly Option<string?> OtherEncoding = new("--encoding-b") { Description = "How B reads the rows, where it is not as --encoding says.", HelpName = "FILE.json" };
    private static readonly Option<string?> Favourable = new("--favourable") { Description = "The outcome that a person wants; the encoding's, or the positive class, by default.", HelpName = "V" };
    private static readonly Option<string?> Protected = new("--protected") { Description = "Columns of protected groups: flips are counted for each.", HelpName = "A,B" };
    private static readonly Option<int> MinGroup = new("--min-group") { Description = "Groups of fewer rows get no verdict.", DefaultValueFactory = _ => 30 };
    private static readonly Option<string> Interval = new("--interval") { Description = "Where intervals of differences come from.", DefaultValueFactory = _ => "bootstrap" };

    private static readonly Option<bool> Battery = new("--battery") { Description = "Run the equivalence battery: B as a variant of A, judged by the limits of a policy." };

    static CompareCommand() => Interval.AcceptOnlyFromAmong("analytic", "bootstrap", "bca");

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "compare", "Compare two models on the same rows: metrics with the interval of their difference, and flipped decisions.",
        RunAsync,
        [
            First, Second, Data, Label, NoLabel, OtherEncoding, Favourable, Protected, MinGroup, Interval, Battery, .. BatteryRun.Flags,
            .. PerformanceFlags.Without(
                PerformanceFlags.Interval, PerformanceFlags.Task, PerformanceFlags.Lower, PerformanceFlags.Upper, PerformanceFlags.Coverage),
        ]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        if (arguments.GetValue(Battery))
        {
            return await BatteryRun.RunAsync(
                context,
                new BatteryQuestion(
                    arguments.GetValue(First)!, arguments.GetValue(Second)!, arguments.GetValue(OtherEncoding), arguments.GetValue(Data)!, arguments.GetValue(Label),
                    arguments.GetValue(Favourable), DataFile.Names(arguments.GetValue(Protected))),
                cancellationToken);
        }

        BatteryRun.RefuseAlone(context);
        using ModelRun first = await ModelRun.LoadAsync(context, arguments.GetValue(First)!, cancellationToken);
        byte[] file = (await AdmittedFile.ReadAsync(context, arguments.GetValue(Second)!, null, cancellationToken)).File;
        using OnnxPredictor second = OnnxPredictor.Load(file, ModelRun.Options(context, context.Threads), cancellationToken);
        ModelEncoding? encoding = arguments.GetValue(OtherEncoding) is string path
            ? ModelEncoding.Read(await UserFiles.ReadAsync(path, cancellationToken))
            : first.Encoding;
        bool labelled = !arguments.GetValue(NoLabel);
        string label = LabelOf(arguments, first.Encoding, labelled);
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        (string a, string b) = Names(arguments.GetValue(First)!, arguments.GetValue(Second)!);
        ComparisonOptions options = new()
        {
            Labelled = labelled,
            Performance = PerformanceFlags.Read(context, label) with
            {
                Interval = Enum.Parse<Audit.Performance.IntervalMethod>(arguments.GetValue(Interval)!, ignoreCase: true),
            },
            Favourable = arguments.GetValue(Favourable),
            Protected = DataFile.Names(arguments.GetValue(Protected)),
            MinGroup = arguments.GetValue(MinGroup),
        };
        ComparisonReport report = await Task.Run(
            () => CompareModels.Run(
                new ComparedModel(a, first.Predictor, first.Encoding), new ComparedModel(b, second, encoding), table, options, context.Warn, cancellationToken),
            cancellationToken);
        foreach (AuditWarning warning in first.Predictor.Warnings.Concat(second.Warnings).Distinct())
        {
            context.Warn(warning);
        }

        ComparisonTables.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static string LabelOf(ParseResult arguments, ModelEncoding? encoding, bool labelled) => (arguments.GetValue(Label), labelled) switch
    {
        (not null, false) => throw new InputException("--label names what was true, and --no-label says that nobody knows: give one of them."),
        (_, false) => "",
        (string named, _) => named,
        _ => encoding?.Label?.Column ?? throw new InputException("Which column holds what was true? Name it with --label, or compare without with --no-label."),
    };

    // Files are often all called model.onnx: then their folders tell them apart.
    internal static (string A, string B) Names(string first, string second) =>
        Path.GetFileName(first) != Path.GetFileName(second) ? (Path.GetFileName(first), Path.GetFileName(second)) : (first, second);
}
