using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Runs;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Audits;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Performance;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Comparisons;

/// <summary>What <c>compare --battery</c> compares.</summary>
/// <param name="First">The parent's file.</param>
/// <param name="Second">The variant's file.</param>
/// <param name="OtherEncoding">How the variant reads rows, where it is not as the parent does.</param>
/// <param name="Data">The rows.</param>
/// <param name="Label">The column with what was true; null takes the encoding's.</param>
/// <param name="Favourable">The outcome that a person wants; null takes the encoding's.</param>
/// <param name="Protected">The protected columns.</param>
internal sealed record BatteryQuestion(
    string First, string Second, string? OtherEncoding, string Data, string? Label, string? Favourable, IReadOnlyList<string> Protected);

/// <summary><c>governance compare A B --battery</c>: the equivalence battery on files, judged by a policy pack.</summary>
internal static class BatteryRun
{
    private static readonly Option<string?> Policy = new("--policy") { Description = "The policy pack whose limits judge the battery; the built-in default otherwise.", HelpName = "F" };
    private static readonly Option<string?> Background = new("--background") { Description = "Rows that stand for unknown features in explanations; the data itself otherwise.", HelpName = "F" };
    private static readonly Option<int> Explained = new("--explain-rows") { Description = "Rows whose attributions are compared; 0 for none.", DefaultValueFactory = _ => EquivalenceDefaults.ExplainedRows, HelpName = "N" };
    private static readonly Option<bool> Strict = new("--strict") { Description = "Exit code 1 also where a limit is inconclusive." };

    /// <summary>The flags that go with <c>--battery</c> alone.</summary>
    public static IReadOnlyList<Option> Flags { get; } = [Policy, Background, Explained, Strict];

    /// <summary>Refuses flags of the battery where it was not asked for: whoever gives a policy expects to be judged.</summary>
    /// <exception cref="InputException">One is given.</exception>
    public static void RefuseAlone(CommandContext context)
    {
        if (Flags.FirstOrDefault(flag => context.Arguments.GetResult(flag) is { Implicit: false }) is Option stray)
        {
            throw new InputException($"{stray.Name} goes with --battery.");
        }
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="InputException">Files do not fit each other.</exception>
    public static async Task<int> RunAsync(CommandContext context, BatteryQuestion asked, CancellationToken cancellationToken)
    {
        if (context.Arguments.GetValue(PerformanceFlags.Weight) is not null)
        {
            throw new InputException("The battery counts rows: it takes no --weight.");
        }

        PolicyPack pack = await PackAsync(context, cancellationToken);
        byte[] parent = (await AdmittedFile.ReadAsync(context, asked.First, null, cancellationToken)).File;
        byte[] variant = (await AdmittedFile.ReadAsync(context, asked.Second, null, cancellationToken)).File;
        byte[]? encoding = context.Encoding is string path ? await UserFiles.ReadAsync(path, cancellationToken) : null;
        byte[]? other = asked.OtherEncoding is string second ? await UserFiles.ReadAsync(second, cancellationToken) : encoding;
        (string a, string b) = CompareCommand.Names(asked.First, asked.Second);
        AuditTable data = await TableAsync(context, asked.Data, cancellationToken);
        string? label = asked.Label ?? (encoding is null ? null : ModelEncoding.Read(encoding).Label?.Column);
        AuditInputs inputs = new()
        {
            Subject = Subject(b, variant, other),
            Model = variant,
            Encoding = other,
            Evaluation = data,
            Background = context.Arguments.GetValue(Background) is string background ? await TableAsync(context, background, cancellationToken) : data,
            Parent = new ParentInputs(Subject(a, parent, encoding), parent, encoding),
        };
        AuditOptions options = EquivalenceDefaults.Of($"{b} as a variant of {a}", a, data.Name, inputs.Background.Name) with
        {
            Label = label,
            Positive = context.Arguments.GetValue(PerformanceFlags.Positive),
            Threshold = context.Arguments.GetValue(PerformanceFlags.Threshold),
            Favourable = asked.Favourable,
            Protected = asked.Protected,
            Seed = context.Seed,
        };
        options = options with { Explanation = options.Explanation with { Rows = context.Arguments.GetValue(Explained) } };
        if (CheckOptions.Fault(options) is string fault)
        {
            throw new InputException(fault);
        }

        ComputeEquivalence compute = new(inputs, options, pack, TimeProvider.System);
        FindingsDocument document = await Task.Factory.StartNew(
            () => compute.Run(context.Threads, new ProgressLines(context.People, "", TimeProvider.System), cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        foreach (AuditWarning warning in document.Warnings)
        {
            context.Warn(warning);
        }

        BatteryAnswer answer = BatteryAnswer.Of(document.Equivalence!, compute.Speed, pack.Label);
        BatteryTables.Write(context.People, answer);
        await context.WriteJsonAsync(answer, cancellationToken);
        return answer.ExitCode(context.Arguments.GetValue(Strict));
    }

    private static async Task<PolicyPack> PackAsync(CommandContext context, CancellationToken cancellationToken) =>
        context.Arguments.GetValue(Policy) is string file
            ? ReadPolicyPack.Run(Encoding.UTF8.GetString(await UserFiles.ReadAsync(file, cancellationToken)))
            : PolicyPack.Default;

    private static async Task<AuditTable> TableAsync(CommandContext context, string path, CancellationToken cancellationToken) =>
        new(Path.GetFileName(path), "", await DataFile.ReadAsync(context, path, cancellationToken), null, null, null);

    private static AuditSubject Subject(string name, byte[] model, byte[]? encoding)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(model));
        return new AuditSubject(name, 0, digest, digest, encoding is null ? null : Convert.ToHexStringLower(SHA256.HashData(encoding)));
    }
}
