using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Keys;

/// <summary>The folder of an installation's private signing keys: <c>0001.pem</c>, <c>0002.pem</c> …, the highest signs.</summary>
/// <remarks>Files and folder are their owner's alone. A number is taken once, so two processes never make the same.</remarks>
internal sealed class KeyFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The numbers that are taken, the smallest first.</summary>
    public IReadOnlyList<int> Numbers() => !Directory.Exists(path) ? [] :
    [
        .. Directory.EnumerateFiles(path, "*.pem").Select(Path.GetFileNameWithoutExtension)
            .Where(name => name!.Length == 4 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Order(),
    ];

    /// <summary>Reads a private key; the caller disposes it.</summary>
    /// <exception cref="ArtifactKeyException">It is no key, or others may read it.</exception>
    public ECDsa Read(int number)
    {
        string file = FileOf(number);
        if ((File.GetUnixFileMode(file) & ~OwnerOnly) != UnixFileMode.None)
        {
            throw new ArtifactKeyException($"Others may use the signing key '{file}'. Run chmod 600 on it.");
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            _ = InstallationKey.Of(key);
            return key;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException or FormatException)
        {
            key.Dispose();
            throw new ArtifactKeyException($"The file '{file}' holds no signing key.", fault);
        }
    }

    /// <summary>Makes a key under a number, durably; nothing where another process was first.</summary>
    public void Make(int number)
    {
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string temporary = Path.Combine(path, $"{Guid.CreateVersion7():n}.part");
        using (FileStream file = new(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, FileOf(number), overwrite: false);
            DurableFolder.Flush(path);
        }
        catch (IOException) when (File.Exists(FileOf(number)))
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Destroys a private key.</summary>
    public void Destroy(int number)
    {
        File.Delete(FileOf(number));
        DurableFolder.Flush(path);
    }

    private string FileOf(int number) => Path.Combine(path, number.ToString("0000", CultureInfo.InvariantCulture) + ".pem");
}
