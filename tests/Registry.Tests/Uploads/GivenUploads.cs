using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

namespace Governance.Registry.Tests.Uploads;

/// <summary>Files on their way into a registry.</summary>
internal static class GivenUploads
{
    /// <summary>Bytes that begin as an ONNX model does, and go on at random.</summary>
    public static byte[] Model(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);

        // ir_version 8, then one field 7 (graph) that goes to the end.
        byte[] start = [0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        start.AsSpan(0, Math.Min(start.Length, length)).CopyTo(bytes);
        return bytes;
    }

    public static async Task<Upload> BeginAsync(this Given given, long length, string name = "net.onnx", UserId? owner = null)
    {
        BeginUploadOutcome outcome = await given.Get<BeginUpload>().RunAsync(
            Actor.Person(owner ?? given.Developer), new NewUpload(UploadKind.Model, name, length, "credit"), default);
        return Assert.IsType<BeginUploadOutcome.Begun>(outcome).Upload;
    }

    public static async Task<ContinueUploadOutcome> SendAsync(
        this Given given, Upload upload, long offset, byte[] bytes, UserId? owner = null)
    {
        using MemoryStream source = new(bytes);
        return await given.Get<ContinueUpload>().RunAsync(owner ?? upload.Owner, upload.Id, offset, source, false, default);
    }

    public static UploadState Kept(this ContinueUploadOutcome outcome) => Assert.IsType<ContinueUploadOutcome.Kept>(outcome).State;

    public static UploadState? StateOf(this Given given, Upload upload) => given.Get<StagedUploads>().Find(upload.Owner, upload.Id);

    public static string[] StagedFiles(this Given given) =>
        Directory.Exists(given.Get<RegistryOptions>().UploadFolder)
            ? [.. Directory.GetFiles(given.Get<RegistryOptions>().UploadFolder, "*.upload", SearchOption.AllDirectories)]
            : [];

    /// <summary>A connection that drops after some bytes.</summary>
    public sealed class Dropping(byte[] bytes, int after) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int left = after - (int)Position;
            return left <= 0
                ? throw new IOException("The connection was reset.")
                : base.ReadAsync(buffer[..Math.Min(buffer.Length, left)], cancellationToken);
        }
    }
}
