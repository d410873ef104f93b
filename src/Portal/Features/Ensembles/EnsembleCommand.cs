using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Features.Ensembles;

/// <summary><c>governance ensemble A B ... --combine average|weighted|majority|stacking --out FILE</c>.</summary>
internal static class EnsembleCommand
{
    private static readonly Argument<string[]> Models = new("MODEL") { Description = "The ONNX files of the members, at least two.", Arity = new ArgumentArity(2, EnsembleOptions.MostMembers) };
    private static readonly Option<string> Combine = new("--combine") { Description = "How members are put together.", DefaultValueFactory = _ => "average" };
    private static readonly Option<string?> Weights = new("--weights") { Description = "One weight a member, in their order, for weighted and majority.", HelpName = "W,W,..." };
    private static readonly Option<string?> Encodings = new("--encodings") { Description = "One encoding a member, in their order, where --encoding is not that of all.", HelpName = "F,F,..." };
    private static readonly Option<string?> Data = new("--data") { Description = "Labelled rows that no member was trained on: the ensemble is judged on them, and stacking learns from them.", HelpName = "F" };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with the true outcome; the encoding's by default.", HelpName = "Y" };
    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The ensemble says the positive class from this score on, inclusive; the members' own, or 0.5.", "T");
    private static readonly Option<int> Folds = new("--folds") { Description = "Into how many parts the rows are dealt to judge a stacked ensemble.", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> Penalty = NumberOption.WithDefault("--penalty", "The ridge penalty of the stacked model.", 1);
    private static readonly Option<string> Stacked = new("--stacked") { Description = "What a stacked model learns: full is a coefficient a member and class, shared one a member that is not negative, chosen takes what does better on rows held out.", DefaultValueFactory = _ => "chosen" };
    private static readonly Option<int> Bins = new("--disagreement-bins") { Description = "Bins of rows by the members' disagreement.", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Out = new("--out") { Description = "Write the ensemble there; its encoding goes beside it as FILE.encoding.json.", HelpName = "FILE", Required = true };

    static EnsembleCommand()
    {
        Combine.AcceptOnlyFromAmong("average", "weighted", "majority", "stacking");
        Stacked.AcceptOnlyFromAmong("chosen", "full", "shared");
    }

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command ensemble = Merge();
        ensemble.Subcommands.Add(InspectTreesCommand.Create());
        return ensemble;
    }

    private static Command Merge() => GovernanceCommand.Create(
        "ensemble", "Merge several models into one ONNX file that answers for all of them and says how far they disagree.", RunAsync,
        [
            Models, Combine, Weights, Encodings, Data, Label, Threshold, Folds, Penalty, Stacked, Bins, Out,
            PerformanceFlags.Positive, PerformanceFlags.Level, PerformanceFlags.Interval, PerformanceFlags.Bootstrap,
        ]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        string path = arguments.GetValue(Out)!;
        UserFiles.RefuseUnwritable(path);
        string[] files = arguments.GetValue(Models)!;
        EnsembleOptions options = new()
        {
            Combination = Enum.Parse<Combination>(arguments.GetValue(Combine)!, ignoreCase: true),
            Weights = arguments.GetValue(Weights) is string weights ? [.. DataFile.Names(weights).Select(Weight)] : null,
            Threshold = arguments.GetValue(Threshold),
            Stacked = Enum.Parse<StackedForm>(arguments.GetValue(Stacked)!, ignoreCase: true),
        };
        options.Check(files.Length);
        List<EnsembleMember> members = [];
        try
        {
            IReadOnlyList<ModelEncoding?> encodings = await EncodingsAsync(context, files.Length, cancellationToken);
            IReadOnlyList<string> names = Names(files);
            for (int i = 0; i < files.Length; i++)
            {
                byte[] file = (await AdmittedFile.ReadAsync(files[i], encodings[i]?.CanonicalBytes(), null, cancellationToken)).File;
                members.Add(new EnsembleMember(names[i], file, OnnxPredictor.Load(file, ModelRun.Options(context, context.Threads), cancellationToken), encodings[i]));
            }

            EnsembleData? data = await DataAsync(context, encodings[0], cancellationToken);
            (EnsembleModel model, EnsembleReport report) = await Task.Run(
                () => MakeEnsemble.Run(members, options, data, context.Warn, cancellationToken), cancellationToken);
            await UserFiles.WriteAsync(path, model.File, cancellationToken);
            if (model.Encoding is ModelEncoding encoding)
            {
                await UserFiles.WriteAsync(path + ".encoding.json", encoding.CanonicalBytes(), cancellationToken);
            }

            EnsembleTables.Write(context.People, report, path);
            await context.WriteJsonAsync(report, cancellationToken);
            return 0;
        }
        finally
        {
            foreach (EnsembleMember member in members)
            {
                member.Predictor.Dispose();
            }
        }
    }

    private static async Task<IReadOnlyList<ModelEncoding?>> EncodingsAsync(CommandContext context, int members, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> own = DataFile.Names(context.Arguments.GetValue(Encodings));
        if (own.Count > 0 && own.Count != members)
        {
            throw new InputException($"There are {members} members and {own.Count} files in --encodings: each member needs one.");
        }

        if (own.Count > 0 && context.Encoding is not null)
        {
            throw new InputException("Give --encoding for all members or --encodings for each, not both.");
        }

        List<ModelEncoding?> encodings = [];
        for (int i = 0; i < members; i++)
        {
            string? path = own.Count > 0 ? own[i] : context.Encoding;
            encodings.Add(path is null ? null : ModelEncoding.Read(await UserFiles.ReadAsync(path, cancellationToken)));
        }

        return encodings;
    }

    private static async Task<EnsembleData?> DataAsync(CommandContext context, ModelEncoding? encoding, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        if (arguments.GetValue(Data) is not string path)
        {
            return null;
        }

        string label = arguments.GetValue(Label) ?? encoding?.Label?.Column
            ?? throw new InputException("Which column holds what was true? Name it with --label.");
        Table table = await DataFile.ReadAsync(context, path, cancellationToken);
        return new EnsembleData(table, new Audit.Performance.PerformanceOptions
        {
            Label = label,
            Positive = arguments.GetValue(PerformanceFlags.Positive),
            Level = arguments.GetValue(PerformanceFlags.Level),
            Interval = Enum.Parse<Audit.Performance.IntervalMethod>(arguments.GetValue(PerformanceFlags.Interval)!, ignoreCase: true),
            Resamples = arguments.GetValue(PerformanceFlags.Bootstrap),
            Seed = context.Seed,
            Threads = context.Threads,
        })
        {
            Folds = arguments.GetValue(Folds),
            Penalty = arguments.GetValue(Penalty),
            DisagreementBins = arguments.GetValue(Bins),
        };
    }

    private static double Weight(string word) =>
        PlainDecimal.TryParse(word, out double weight) ? weight : throw new InputException($"--weights takes numbers such as 0.5,0.5, not '{word}'.");

    // Files are often all called model.onnx: then their folders tell them apart, and the place in the list where one file is given twice.
    private static IReadOnlyList<string> Names(string[] files)
    {
        string[] names = [.. files.Select(file => Path.GetFileName(file))];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            names = [.. files.Select(file => Path.Combine(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ""), Path.GetFileName(file)))];
        }

        return names.Distinct(StringComparer.Ordinal).Count() < names.Length ? files : names;
    }
}
