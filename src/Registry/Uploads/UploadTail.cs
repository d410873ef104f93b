namespace Governance.Registry.Uploads;

/// <summary>The last piece of an upload that is kept: who goes on compares it, so that two files are never mixed.</summary>
/// <param name="From">Its first byte in the file; it goes to the upload's offset.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record UploadTail(long From, string Sha256);
