using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Uploads;

namespace Governance.Portal.Features.Uploads;

/// <summary>A file of the command line, under the rules of an upload.</summary>
internal static class LocalFile
{
    /// <summary>Reads it whole, unless its name, length or content is refused.</summary>
    /// <exception cref="InputException">It cannot be read, or a rule refuses it.</exception>
    public static async Task<byte[]> ReadAsync(
        string path, UploadKind kind, UploadLimits limits, CancellationToken cancellationToken)
    {
        string name = UploadRules.BareName(path);
        await using FileStream stream = UserFiles.OpenRead(path);
        Refuse(UploadRules.RefusalFor(kind, name, stream.Length, limits));
        byte[] bytes = new byte[stream.Length];
        int head = (int)Math.Min(bytes.Length, FileContent.HeadLength);
        await stream.ReadExactlyAsync(bytes.AsMemory(0, head), cancellationToken);
        Refuse(UploadRules.ContentRefusalFor(kind, name, bytes.AsSpan(0, head)));
        await stream.ReadExactlyAsync(bytes.AsMemory(head), cancellationToken);
        return bytes;
    }

    private static void Refuse(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InputException(refusal.Sentence);
        }
    }
}
