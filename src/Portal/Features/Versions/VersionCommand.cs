using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Mitigations;
using Governance.Portal.Features.Uploads;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Versions;

/// <summary><c>governance version add</c>: puts a version of a model on record, as the page does.</summary>
internal static class VersionCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "The model's name." };

    private static readonly Argument<string> File = new("file") { Description = "The ONNX file." };

    private static readonly Option<string?> Note = new("--note") { Description = "What is new in it.", HelpName = "TEXT" };

    private static readonly Option<string[]> Parent = new("--parent")
    {
        Description = $"What it came from: MODEL/NUMBER=HOW, HOW being one of {string.Join(", ", Enum.GetNames<ParentKind>())}.",
        HelpName = "M/N=HOW",
    };

    private static readonly Option<string?> Signature = new("--signature")
    {
        Description = "The publisher's detached signature over the file; a wrong one refuses it.", HelpName = "F.sig",
    };

    private static readonly Option<string?> Mitigation = new("--mitigation")
    {
        Description = "Thresholds by group, as mitigate --out F.json writes them; they become part of the encoding.", HelpName = "F.json",
    };

    /// <summary>Makes the command <c>version</c> with its own commands.</summary>
    public static Command Create()
    {
        Command version = new("version", "Versions of models.");
        version.Subcommands.Add(GovernanceCommand.Create(
            "add", "Check an ONNX file and put it on record as the next version, a draft.", AddAsync,
            Model, File, Note, Parent, Signature, Mitigation, RegistryRun.As, DataOptions.Data, DataOptions.Connection));
        return version;
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string model = context.Arguments.GetValue(Model)!;
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        List<(ModelVersionId, ParentKind)> parents = [];
        foreach (string parent in context.Arguments.GetValue(Parent) ?? [])
        {
            parents.Add(await ParentAsync(registry, parent, cancellationToken));
        }

        byte[] file = await LocalFile.ReadAsync(
            context.Arguments.GetValue(File)!, UploadKind.Model, registry.Get<RegistryOptions>().Uploads, cancellationToken);
        byte[]? encoding = await EncodingAsync(context, cancellationToken);
        byte[]? signature = context.Arguments.GetValue(Signature) is string sig ? await UserFiles.ReadAsync(sig, cancellationToken) : null;
        RegisterVersionOutcome outcome = await RegistryRun.GuardAsync(() => registry.Get<AdmitVersion>().RunAsync(
            registry.Actor, model, file, encoding, context.Arguments.GetValue(Note), parents, signature, [], cancellationToken));
        switch (outcome)
        {
            case RegisterVersionOutcome.Registered { Version: var version }:
                await context.People.WriteLineAsync($"Registered version {version.Number} of {model}, {version.Digest.Hex[..8]}.");
                await context.WriteJsonAsync(VersionAnswer.Of(model, version), cancellationToken);
                return 0;
            case RegisterVersionOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            case RegisterVersionOutcome.NoSuchModel:
                throw new InputException($"There is no model '{model}', or not for this person.");
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<byte[]?> EncodingAsync(CommandContext context, CancellationToken cancellationToken)
    {
        byte[]? encoding = context.Encoding is string path ? await UserFiles.ReadAsync(path, cancellationToken) : null;
        return context.Arguments.GetValue(Mitigation) is not string mitigation ? encoding
            : encoding is null ? throw new InputException("--mitigation needs --encoding: the thresholds become part of it.")
            : MitigatedEncoding.Of(encoding, await UserFiles.ReadAsync(mitigation, cancellationToken));
    }

    private static async Task<(ModelVersionId Version, ParentKind Kind)> ParentAsync(
        RegistryRun registry, string text, CancellationToken cancellationToken)
    {
        string[] halves = text.Split('=');
        string[] address = halves[0].Split('/');
        string? kind = halves.Length == 2 ? Array.Find(Enum.GetNames<ParentKind>(), name => name.Equals(halves[1], StringComparison.OrdinalIgnoreCase)) : null;
        if (kind is null || address.Length != 2 || !int.TryParse(address[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw new InputException($"--parent takes MODEL/NUMBER=HOW, not '{text}'; HOW is one of {string.Join(", ", Enum.GetNames<ParentKind>())}.");
        }

        ModelVersionId version = await new FindVersion(registry.Get<ModelQueries>())
            .RunAsync(registry.Actor.User!.Value, address[0], number, cancellationToken)
            ?? throw new InputException($"There is no version {number} of '{address[0]}', or not for this person.");
        return (version, Enum.Parse<ParentKind>(kind));
    }
}
