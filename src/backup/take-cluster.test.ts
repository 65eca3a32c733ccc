import { expect, test } from '@jest/globals';
import { connection } from './take-cluster.ts';

test('the password is in no command line, and everything else of the URL goes to the command', () => {
  expect(connection('postgres://super:s%40cret@[::1]:5433/postgres?sslmode=verify-full')).toMatchObject({
    dbname: 'postgres://super@[::1]:5433/postgres?sslmode=verify-full',
    env: { PGPASSWORD: 's@cret' },
  });
  expect(connection('postgres://super@%2Frun%2Fpostgresql/postgres').dbname).toBe(
    'postgres://super@%2Frun%2Fpostgresql/postgres',
  );
  expect(connection('postgres:///postgres?host=/run/postgresql&password=s')).toMatchObject({
    dbname: 'postgres:///postgres?host=%2Frun%2Fpostgresql',
    env: { PGPASSWORD: 's' },
  });
});
