using System.Security.Cryptography;
using Governance.Registry.Access;
using Governance.Registry.Uploads;

namespace Governance.Registry.Tests.Uploads;

public sealed class ContinueUploadTests
{
    private const int Mebi = 1 << 20;

    [Theory]
    [InlineData(1, 70_000)]
    [InlineData(2, Mebi)]
    [InlineData(3, (3 * Mebi) + 17)]
    public async Task Bytes_sent_in_pieces_of_any_size_are_the_file(int seed, int length)
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(length, seed);
        Upload upload = await given.BeginAsync(length);
        Random random = new(seed);

        UploadState state = given.StateOf(upload)!;
        while (state.Offset < length)
        {
            int piece = Math.Min(random.Next(1, 2 * Mebi), length - (int)state.Offset);
            state = (await given.SendAsync(upload, state.Offset, bytes[(int)state.Offset..((int)state.Offset + piece)])).Kept();
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), state.Digest!.Value.Hex);
        Assert.Equal(bytes, await given.Get<StagedUploads>().ReadAsync(upload.Owner, upload.Id, default));
    }

    [Fact]
    public async Task What_came_before_the_connection_dropped_is_kept()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model((2 * Mebi) + 5);
        Upload upload = await given.BeginAsync(bytes.Length);

        using GivenUploads.Dropping source = new(bytes, Mebi + 4_000);
        await Assert.ThrowsAsync<IOException>(() => given.Get<ContinueUpload>().RunAsync(upload.Owner, upload.Id, 0, source, false, default));

        Assert.Equal(Mebi + 4_000, given.StateOf(upload)!.Offset);
        UploadState state = (await given.SendAsync(upload, Mebi + 4_000, bytes[(Mebi + 4_000)..])).Kept();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), state.Digest!.Value.Hex);
    }

    // A kill may leave any prefix of what was being written.
    [Fact]
    public async Task A_file_torn_at_any_place_goes_on_where_its_last_whole_piece_ends()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(90_000);
        Upload upload = await given.BeginAsync(bytes.Length);
        await given.SendAsync(upload, 0, bytes[..70_000]);
        string path = Assert.Single(given.StagedFiles());
        long kept = new FileInfo(path).Length;
        await given.SendAsync(upload, 70_000, bytes[70_000..80_000]);
        byte[] whole = await File.ReadAllBytesAsync(path);

        foreach (long length in (long[])[kept, kept + 1, kept + 3, kept + 4, kept + 16, kept + 17, kept + 5_000, whole.Length - 17, whole.Length - 16, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(path, whole[..(int)length]);

            Assert.Equal(70_000, given.StateOf(upload)!.Offset);
        }

        UploadState state = (await given.SendAsync(upload, 70_000, bytes[70_000..])).Kept();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), state.Digest!.Value.Hex);
    }

    [Fact]
    public async Task Nothing_in_the_clear_lies_on_the_disk()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(150_000);
        Upload upload = await given.BeginAsync(bytes.Length, "secret-name.onnx");
        await given.SendAsync(upload, 0, bytes[..100_000]);

        byte[] file = await File.ReadAllBytesAsync(Assert.Single(given.StagedFiles()));

        Assert.Equal(-1, file.AsSpan().IndexOf("secret-name"u8));
        for (int at = 0; at + 32 <= 100_000; at += 500)
        {
            Assert.Equal(-1, file.AsSpan().IndexOf(bytes.AsSpan(at, 32)));
        }
    }

    [Fact]
    public async Task Bytes_that_begin_elsewhere_are_refused_with_the_right_place()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(100_000);
        Upload upload = await given.BeginAsync(bytes.Length);
        await given.SendAsync(upload, 0, bytes[..70_000]);

        ContinueUploadOutcome outcome = await given.SendAsync(upload, 69_999, bytes[69_999..]);

        Assert.Equal(70_000, Assert.IsType<ContinueUploadOutcome.WrongOffset>(outcome).Offset);
    }

    [Fact]
    public async Task One_byte_more_than_declared_is_refused_and_nothing_is_kept()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(Mebi + 1);
        Upload upload = await given.BeginAsync(Mebi);

        ContinueUploadOutcome outcome = await given.SendAsync(upload, 0, bytes);

        Assert.Equal("longer-than-declared", Assert.IsType<ContinueUploadOutcome.Refused>(outcome).Reason.Code);
        Assert.Empty(given.StagedFiles());
    }

    [Theory]
    [InlineData(70_000)] // judged by the first piece
    [InlineData(10)] // judged when it is whole
    public async Task A_file_that_is_not_what_its_name_says_is_not_kept(int pieces)
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = [.. Enumerable.Repeat((byte)'a', 100_000)];
        Upload upload = await given.BeginAsync(bytes.Length);

        ContinueUploadOutcome outcome = await given.SendAsync(upload, 0, bytes[..pieces]);
        if (outcome is ContinueUploadOutcome.Kept)
        {
            outcome = await given.SendAsync(upload, pieces, bytes[pieces..]);
        }

        Refusal reason = Assert.IsType<ContinueUploadOutcome.Refused>(outcome).Reason;
        Assert.Equal("The file is named 'net.onnx', but its content is text, not an ONNX model.", reason.Sentence);
        Assert.Empty(given.StagedFiles());
    }

    [Fact]
    public async Task To_another_person_an_upload_does_not_exist()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        Upload upload = await given.BeginAsync(100_000);

        Assert.IsType<ContinueUploadOutcome.NoSuchUpload>(await given.SendAsync(upload, 0, new byte[5], given.OtherDeveloper));
        Assert.Null(given.Get<StagedUploads>().Find(given.OtherDeveloper, upload.Id));
        Assert.Null(given.Get<StagedUploads>().Open(given.OtherDeveloper, upload.Id));

        // Not even where its file is moved into their folder.
        string path = Assert.Single(given.StagedFiles());
        string theirs = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path))!, given.OtherDeveloper.Value.ToString("n"));
        Directory.CreateDirectory(theirs);
        File.Copy(path, Path.Combine(theirs, Path.GetFileName(path)));
        Assert.Null(given.Get<StagedUploads>().Find(given.OtherDeveloper, upload.Id));
    }

    [Fact]
    public async Task Of_two_requests_at_once_one_is_told_to_wait()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(100_000);
        Upload upload = await given.BeginAsync(bytes.Length);
        using Waiting slow = new(bytes);
        Task<ContinueUploadOutcome> first = given.Get<ContinueUpload>().RunAsync(upload.Owner, upload.Id, 0, slow, false, default);

        Assert.IsType<ContinueUploadOutcome.Busy>(await given.SendAsync(upload, 0, bytes));
        slow.Go.SetResult();

        Assert.True((await first).Kept().IsWhole);
    }

    [Fact]
    public async Task A_piece_changed_on_disk_is_found_when_the_file_is_whole()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(100_000);
        Upload upload = await given.BeginAsync(bytes.Length);
        await given.SendAsync(upload, 0, bytes[..70_000]);
        string path = Assert.Single(given.StagedFiles());
        byte[] file = await File.ReadAllBytesAsync(path);
        file[^100] ^= 1;
        await File.WriteAllBytesAsync(path, file);

        ContinueUploadOutcome outcome = await given.SendAsync(upload, 70_000, bytes[70_000..]);

        Assert.Equal("damaged-upload", Assert.IsType<ContinueUploadOutcome.Refused>(outcome).Reason.Code);
    }

    [Fact]
    public async Task Asking_again_whether_a_whole_upload_is_whole_changes_nothing()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model(100_000);
        Upload upload = await given.BeginAsync(bytes.Length);
        UploadState whole = (await given.SendAsync(upload, 0, bytes)).Kept();

        Assert.Equal(whole.Digest, (await given.SendAsync(upload, bytes.Length, [])).Kept().Digest);
        Assert.Equal(bytes, await given.Get<StagedUploads>().ReadAsync(upload.Owner, upload.Id, default));
    }

    [Fact]
    public async Task A_whole_upload_is_read_at_any_place()
    {
        await using Given given = await Given.RegistryAsync();
        await given.ModelAsync();
        byte[] bytes = GivenUploads.Model((2 * Mebi) + 999);
        Upload upload = await given.BeginAsync(bytes.Length);
        await given.SendAsync(upload, 0, bytes[..(Mebi / 2)]);
        await given.SendAsync(upload, Mebi / 2, bytes[(Mebi / 2)..]);
        await using Stream stream = given.Get<StagedUploads>().Open(upload.Owner, upload.Id)!;
        Random random = new(7);

        for (int trial = 0; trial < 50; trial++)
        {
            int at = random.Next(bytes.Length);
            byte[] read = new byte[Math.Min(random.Next(1, 5_000), bytes.Length - at)];
            stream.Position = at;
            await stream.ReadExactlyAsync(read);

            Assert.Equal(bytes[at..(at + read.Length)], read);
        }
    }

    // Gives its bytes only when it is told to.
    private sealed class Waiting(byte[] bytes) : MemoryStream(bytes)
    {
        public TaskCompletionSource Go { get; } = new();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Go.Task;
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
