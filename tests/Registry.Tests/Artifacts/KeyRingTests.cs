using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Registry.Tests.Artifacts;

public sealed class KeyRingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("governance-tests").FullName;

    private string KeyFile => Path.Combine(folder, "keys", "kek");

    [Fact]
    public void The_first_start_makes_a_file_that_only_its_owner_may_read()
    {
        KeyRing.Load(KeyFile, mayCreate: true);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        string text = File.ReadAllText(KeyFile);
        KeyRing.Load(KeyFile, mayCreate: true);
        Assert.Equal(text, File.ReadAllText(KeyFile));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_may_use_is_refused(UnixFileMode more)
    {
        KeyRing.Load(KeyFile, mayCreate: true);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        ArtifactKeyException fault = Assert.Throws<ArtifactKeyException>(() => KeyRing.Load(KeyFile, mayCreate: true));

        Assert.Contains("chmod 600", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_not_replaced_where_artefacts_exist()
    {
        Assert.Throws<ArtifactKeyException>(() => KeyRing.Load(KeyFile, mayCreate: false));
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public void A_key_file_inside_the_data_folder_is_refused()
    {
        RegistryOptions options = new() { DataFolder = folder, KeyFile = KeyFile };

        Assert.Throws<ArtifactKeyException>(() => options.LoadKeys(storeIsEmpty: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("kek1:")]
    [InlineData("kek1:AAAA")]
    [InlineData("kek1:!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!=")]
    [InlineData("kek2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Refuses_what_is_no_key(string text) => Assert.Throws<ArtifactKeyException>(() => KeyRing.Parse(text));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
