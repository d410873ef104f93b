using System.CommandLine;
using System.Text.Json.Nodes;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Proposals;

namespace Governance.Portal.Features.Proposals;

/// <summary><c>governance unwrap</c>: opens the package of a released file with the key that was shown once.</summary>
internal static class UnwrapCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The package." };

    private static readonly Option<string> Key = new("--key") { Description = "The key as it was shown; '-' reads it from standard input.", HelpName = "KEY", Required = true };

    private static readonly Option<string> Out = new("--out") { Description = "Where the model file goes.", HelpName = "MODEL.onnx", Required = true };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "unwrap", "Open the package of a released model file.", RunAsync, File, Key, Out);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string text = context.Arguments.GetValue(Key)!;
        text = (text == "-" ? Console.In.ReadLine() ?? "" : text).Trim();
        byte[] key = new byte[ReleasePackage.KeyLength];
        if (text.Length != 2 * key.Length || Convert.FromHexString(text, key, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            throw new InputException($"A key has {2 * ReleasePackage.KeyLength} hexadecimal digits.");
        }

        using MemoryStream package = new(await UserFiles.ReadAsync(context.Arguments.GetValue(File)!, cancellationToken));
        using MemoryStream plain = new();
        try
        {
            JsonObject header = await ReleasePackage.ReadAsync(package, key, plain, cancellationToken);
            string target = context.Arguments.GetValue(Out)!;
            await UserFiles.WriteAsync(target, plain.ToArray(), cancellationToken);
            await context.People.WriteLineAsync($"Unwrapped {header["label"]}, {plain.Length:N0} bytes, to {target}. It was released to {header["recipient"]} by proposal {header["proposal"]}.");
            await context.WriteJsonAsync(new { release = header, bytes = plain.Length }, cancellationToken);
            return 0;
        }
        catch (InvalidDataException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
